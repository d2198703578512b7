-- Gives placeholders the value of the change before: of the same key, or, where a key changed, of the
-- old one, whose delete has the same LSN. What remains a placeholder stands for the current row's own
-- value, which is never read to be copied.
with recursive changed as materialized (
    select distinct on (@{position}, @{change})
        @{key},
        @{kept_values},
        @{position} as dsc_position,
        @{change} as dsc_change,
        __source_lsn as dsc_lsn,
        __op as dsc_op,
        (@{holds}) is true as dsc_holds
    from @{staging}
    where @{range}
),
placed as materialized (
    select
        *,
        row_number() over (order by dsc_position, dsc_change) as dsc_id
    from changed
),
linked as materialized (
    select *, lag(dsc_id) over (partition by @{key} order by dsc_id) as dsc_before
    from placed
),
wanting as materialized (
    select
        wants.dsc_id,
        wants.dsc_position,
        wants.dsc_change,
        case when gone.dsc_id is null then wants.dsc_before else gone.dsc_before end as dsc_before,
        @{own_values},
        @{old_values}
    from linked as wants
    left join linked as gone
        on wants.dsc_op = 'c' and gone.dsc_op = 'd'
        and gone.dsc_position = wants.dsc_position and gone.dsc_lsn = wants.dsc_lsn
    left join lateral (
        select *, true as dsc_found from @{current} as old where @{old_match} @{and_open_old} offset 0
    ) as old on true
    where wants.dsc_holds
),
resolved as (
    select
        wants.dsc_id, wants.dsc_position, wants.dsc_change,
        @{resolved_values}
    from wanting as wants
    left join linked as before on before.dsc_id = wants.dsc_before
    where before.dsc_holds is not true
    union all
    select
        wants.dsc_id, wants.dsc_position, wants.dsc_change,
        @{resolved_values}
    from resolved as before
    join wanting as wants on wants.dsc_before = before.dsc_id
)
update @{staging} as staged set @{set_values}
from resolved
where @{range}
    and @{position} = resolved.dsc_position and @{change} = resolved.dsc_change
