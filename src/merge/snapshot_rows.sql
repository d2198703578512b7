-- Rows staged of the latest attempt: all of one have the moment of its snapshot.
select count(*)
from @{staging}
where @{snapshot_range}
