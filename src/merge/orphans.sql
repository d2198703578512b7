-- Changes that leave out a value of a row that is not there.
select @{key_text}, @{position}, @{change}
from @{staging} as staged
where @{range} and (@{holds}) and not exists (
    select from @{current} as old where @{staged_match} @{and_open_old}
)
order by @{position}, @{change}
limit 1
