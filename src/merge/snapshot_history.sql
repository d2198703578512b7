-- Closes what a snapshot does not hold as it was, and opens what is new in it. $1 is the number of the
-- snapshot; when the source committed what it found is unknown.
with staged as materialized (
    select distinct on (@{key}) @{cast_columns}
    from @{staging}
    where @{snapshot_range}
    order by @{key}
),
closed as (
    update @{history} as kept
    set dsc_until = $1::bigint
    where kept.dsc_until is null and not exists (
        select from staged where @{live_match} and not (@{version_differs})
    )
)
insert into @{history} (@{columns}, dsc_from)
select @{staged_columns}, $1::bigint from staged
where not exists (
    select from @{history} as kept
    where kept.dsc_until is null and @{live_match} and not (@{version_differs})
)
