__connect_topic = @{topic} and __op = 'r' and __source_ts_ms = (
        select max(__source_ts_ms) from @{staging}
        where __connect_topic = @{topic} and __op = 'r'
    )
