
\encoding UTF8
set client_min_messages = warning;
-- What waits for a lock makes others wait behind it: better to stop, and to run this again.
set lock_timeout = '5s';
