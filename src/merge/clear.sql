-- What was applied, what came again, and what an incarnation before left behind.
delete from @{staging}
where __connect_topic = any ($1::text[])
    or __connect_topic = $2 and (@{change} is null or @{position} <= $3)
