-- The last change of each key wins. Rows that would not change are not written.
merge into @{live} as kept
using (
    select distinct on (@{key})
        @{cast_columns},
        @{kept_flags}
        __op = 'd' as dsc_gone
    from @{staging}
    where @{range} and (@{position}, @{change}) > (@{truncated_position}, @{truncated_change})
    order by @{key}, @{position} desc, @{change} desc
) as staged
on @{live_match}
when matched and staged.dsc_gone @{gone_condition} then @{gone_action}
when matched and not staged.dsc_gone and @{differs} then update set @{update_values}
when not matched and not staged.dsc_gone then insert (@{columns}) values (@{staged_columns})
