-- The place of the last TRUNCATE of a dataset within the batch.
select @{position}, @{change}
from @{signal_table}
where __connect_topic = @{signal_topic} and dataset = @{name} and __op = 'c'
    and @{change} is not null and @{position} > $1 and @{position} <= $2
order by @{position} desc, @{change} desc
limit 1
