-- Those of this incarnation stay: its snapshot may be asked for again.
delete from @{notification_table}
where __connect_topic = any ($1::text[]) and ($2::text, $3::bigint) is not null
