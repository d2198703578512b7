select @{transaction} as transaction, @{position} as position, @{change} as change
from @{staging}
where __connect_topic = @{topic} and @{change} is not null
