insert into @{live} (@{columns})
select @{cast_columns}
from @{staging}
where @{snapshot_range}
