-- Whether any change of the batch leaves out a value that did not change.
select exists (
    select from @{staging}
    where @{range} and (@{holds})
)
