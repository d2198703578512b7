-- A snapshot replaces what is there.
with staged as materialized (
    select distinct on (@{key}) @{cast_columns}
    from @{staging}
    where @{snapshot_range}
    order by @{key}
),
gone as (
    @{remove}
    where not exists (select from staged where @{live_match}) @{and_not_deleted}
),
changed as (
    update @{live} as kept set @{update_values}
    from staged
    where @{live_match} and @{differs}
)
insert into @{live} (@{columns})
select @{staged_columns} from staged
where not exists (select from @{live} as kept where @{live_match})
