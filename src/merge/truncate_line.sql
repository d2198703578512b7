union all
    select
        @{gone_values}, @{no_flags} true, truncated.position, truncated.change,
        commits.number, commits.at, false
    from keys, (
        select
            @{position} as position, @{change} as change, @{transaction} as transaction
        from @{signal_table}
        where __connect_topic = @{signal_topic} and dataset = @{name} and __op = 'c'
            and @{change} is not null and @{position} > $1 and @{position} <= $2
    ) as truncated
    join commits on commits.transaction = truncated.transaction
