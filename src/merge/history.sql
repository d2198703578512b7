-- A version for each commit that left a key's row different from the one before. $3 is the stream's own
-- number of the last commit before the batch, $4 the transaction topic, $5 and $6 the ENDs it lies
-- between. Everything that happens to a key stands in one line: its open version, what was staged, and
-- truncates.
with commits as (
    select
        transaction,
        row_number() over (order by end_position) + $3::bigint as number,
        to_timestamp(ts_ms / 1000.0) as at
    from (
        select
            @{end_transaction} as transaction,
            @{end_commit} as end_position,
            min(ts_ms) as ts_ms
        from @{transaction_table}
        where __connect_topic = $4 and status = 'END'
            and @{end_commit} > $5 and @{end_commit} <= $6
        group by @{end_transaction}, @{end_commit}
    ) as ended
),
changed as (
    select
        @{cast_columns},
        @{kept_flags}
        __op = 'd' as dsc_gone,
        @{position} as dsc_position,
        @{change} as dsc_change,
        @{transaction} as dsc_transaction
    from @{staging}
    where @{range}
),
open as materialized (
    @{open_rows}
),
keys as (
    select @{key} from changed
    union
    select @{key} from open
),
line as (
    select
        @{columns},
        @{no_flags}
        false as dsc_gone,
        -1::bigint as dsc_position,
        -1::bigint as dsc_change,
        dsc_from as dsc_number,
        dsc_valid_from as dsc_at,
        true as dsc_old
    from open
    union all
    select
        @{columns}, @{flags} dsc_gone, dsc_position, dsc_change, number, at, false
    from changed
    join commits on commits.transaction = changed.dsc_transaction
    @{truncate_line}
),
last as (
    select distinct on (@{key}, dsc_number) *
    from line
    order by @{key}, dsc_number, dsc_position desc, dsc_change desc
),
whole as (
    select
        @{line_values},
        last.dsc_gone, last.dsc_number, last.dsc_at, last.dsc_old
    from last
    left join open on @{open_match}
),
compared as (
    select
        *,
        row(@{columns}) as dsc_image,
        lag(row(@{columns})) over before as dsc_image_before,
        lag(dsc_gone) over before as dsc_gone_before
    from whole
    window before as (partition by @{key} order by dsc_number)
),
versions as materialized (
    select
        *,
        lead(dsc_number) over later as dsc_until,
        lead(dsc_at) over later as dsc_valid_to
    from compared
    where case
        when dsc_gone_before is null then not dsc_gone
        when dsc_gone or dsc_gone_before then dsc_gone <> dsc_gone_before
        else dsc_image *<> dsc_image_before
    end
    window later as (partition by @{key} order by dsc_number)
),
closed as (
    update @{history} as kept
    set dsc_until = versions.dsc_until, dsc_valid_to = versions.dsc_valid_to
    from versions
    where versions.dsc_old and versions.dsc_until is not null
        and kept.dsc_until is null and @{version_match}
)
insert into @{history} (@{columns}, dsc_from, dsc_until, dsc_valid_from, dsc_valid_to)
select @{columns}, dsc_number, dsc_until, dsc_at, dsc_valid_to
from versions
where not dsc_old and not dsc_gone
