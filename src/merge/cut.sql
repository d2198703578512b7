-- The longest prefix of complete transactions, in the order of their ENDs. $1 incarnation's transaction
-- topic, $2 mark's commit position, $3 mark's END position, $4 size of a batch in change records.
with ended as (
    select
        @{end_transaction} as transaction,
        @{end_commit} as end_position,
        max(event_count) as event_count,
        min(ts_ms) as ts_ms
    from @{transaction_table}
    where __connect_topic = $1 and status = 'END' and @{end_commit} > $3
    group by @{end_transaction}, @{end_commit}
),
staged as (
    select distinct transaction, position, change
    from (@{changes}) as change
    where position > $2
),
counted as (
    select transaction, count(*) as changes, max(position) as position
    from staged
    group by transaction
),
placed as (
    select
        ended.end_position,
        ended.event_count,
        ended.ts_ms,
        counted.position,
        bool_and(coalesce(counted.changes, 0) = ended.event_count) over before as whole,
        sum(ended.event_count) over before as changes,
        row_number() over before as commits
    from ended
    left join counted on counted.transaction = ended.transaction
    window before as (order by ended.end_position)
)
select
    max(position) as position,
    max(end_position) as end_position,
    max(commits) as commits,
    max(changes) as changes,
    max(ts_ms) as committed_at,
    min(ts_ms) as first_at,
    avg(ts_ms)::bigint as mean_at
from placed
where whole and (changes <= $4 or commits = 1)
