-- Without a key, rows are equal or not: what counts is how many of each come and go.
with changed as (
    select distinct on (@{position}, @{change}) *
    from @{staging}
    where @{range} and (@{position}, @{change}) > (@{truncated_position}, @{truncated_change})
),
moved as (
    select @{columns}, 1 as by from changed where __op <> 'd'
    union all
    select @{before_columns}, -1 from changed where __op in ('u', 'd')
),
net as materialized (
    select @{columns}, sum(by) as by, row(@{columns})::text as dsc_image
    from moved
    group by @{columns}
    having sum(by) <> 0
),
found as (
    select
        kept.ctid as id,
        net.by,
        row_number() over (partition by net.dsc_image) as place
    from @{live} as kept
    join net on net.by < 0 and row(@{live_as_staged})::text = net.dsc_image @{and_not_deleted}
),
gone as (
    @{remove}
    where kept.ctid in (select id from found where place <= -by)
    returning 1
),
added as (
    insert into @{live} (@{columns})
    select @{cast_columns} from net, generate_series(1, net.by)
    returning 1
)
select
    (select count(*) from gone),
    (select coalesce(-sum(by), 0) from net where by < 0),
    (select count(*) from added)
