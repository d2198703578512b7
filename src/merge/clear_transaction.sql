delete from @{transaction_table}
where __connect_topic = any ($1::text[])
    or __connect_topic = $2 and (status <> 'END' or @{end_commit} <= $3)
