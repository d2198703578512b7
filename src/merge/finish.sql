-- Moves the mark, and ends the batch. $8, $9 and $10 are when the source made the last, the mean and the
-- first of its commits.
with moved as (
    update dsc.stream
    set batches = $2,
        incarnation = $3,
        commit_position = $4,
        end_position = $5,
        commits = $6,
        committed_at = coalesce(to_timestamp($8::float8 / 1000), committed_at),
        state = 'running',
        reason = null
    where name = $1
)
update dsc.batch
set state = 'done',
    finished_at = clock_timestamp(),
    redelivered = $7,
    latency_min = clock_timestamp() - to_timestamp($8::float8 / 1000),
    latency_mean = clock_timestamp() - to_timestamp($9::float8 / 1000),
    latency_max = clock_timestamp() - to_timestamp($10::float8 / 1000)
where stream = $1 and number = $2
