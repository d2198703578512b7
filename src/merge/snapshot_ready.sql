-- The tables that a snapshot scanned, with their rows, once Debezium said that all are done. $1 is the
-- notification topic. A connector that was restarted in the middle begins again, and says so.
with told as (
    select
        __connect_offset as place,
        coalesce(payload::jsonb -> 'payload', payload::jsonb) as payload
    from @{notification_table}
    where __connect_topic = $1
),
snapshot as (
    select place, payload ->> 'type' as type, payload -> 'additional_data' as data
    from told
    where payload ->> 'aggregate_type' = 'Initial Snapshot'
),
latest as (
    select
        (select max(place) from snapshot where type = 'STARTED') as started,
        (select max(place) from snapshot where type = 'COMPLETED') as completed
)
select data ->> 'scanned_collection', data ->> 'total_rows_scanned'
from snapshot, latest
where type = 'TABLE_SCAN_COMPLETED' and data ->> 'status' = 'SUCCEEDED'
    and place between started and completed
