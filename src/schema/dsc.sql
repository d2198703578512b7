-- Schema `dsc`, version 1: what dsc knows of its streams. Run once, as dsc_merge.
create table dsc.version (
    the_only_row boolean primary key default true check (the_only_row),
    version integer not null
);
insert into dsc.version (version) values (1);

-- A stream with its plan and its mark: the last transaction of the source that was applied.
create table dsc.stream (
    name text primary key,
    plan text not null,
    state text not null default 'running' check (state in ('running', 'stopped')),
    reason text, -- why it stopped

    incarnation bigint not null default 0, -- 0: nothing was merged yet
    commit_position bigint not null default -1, -- -1: no transaction of this incarnation; 0: null
    end_position bigint not null default -1, -- of the END, in the transaction topic
    commits bigint not null default 0, -- the stream's own number of its last commit
    committed_at timestamptz, -- at the source
    batches bigint not null default 0,

    -- of the platform's database when the stream last ran, and of the source as its heartbeat says
    system_identifier text,
    timeline integer,
    source_system_identifier text,
    source_timeline integer
);

create table dsc.batch (
    stream text not null references dsc.stream on delete cascade,
    number bigint not null,
    kind text not null check (kind in ('snapshot', 'transactions')),
    state text not null check (state in ('sealed', 'done', 'done, not emptied')),
    incarnation bigint not null,
    commit_position bigint not null, -- the mark after it
    end_position bigint not null,
    commits bigint not null, -- transactions in it
    changes bigint not null, -- change records in these, each once
    redelivered bigint not null default 0, -- staged rows that came again
    started_at timestamptz not null,
    finished_at timestamptz,
    latency_min interval, -- from the source's commit to ours
    latency_mean interval,
    latency_max interval,
    primary key (stream, number)
);

create table dsc.metric (
    stream text not null,
    batch bigint not null,
    dataset text not null,
    inserted bigint not null, -- rows of live
    updated bigint not null,
    deleted bigint not null,
    versions bigint not null, -- rows that were added to history
    primary key (stream, batch, dataset),
    foreign key (stream, batch) references dsc.batch on delete cascade
);

create table dsc.quarantine (
    id bigint generated always as identity primary key,
    stream text not null references dsc.stream on delete cascade,
    dataset text not null,
    reason text not null,
    change jsonb not null, -- the staged row
    at timestamptz not null default clock_timestamp()
);

-- Runs of captures by SQL and of transformers: complete with the rows that they staged.
create table dsc.run (
    stream text not null references dsc.stream on delete cascade,
    dataset text not null,
    run bigint not null,
    complete boolean not null default false,
    rows bigint,
    watermark text,
    started_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    primary key (stream, dataset, run)
);

-- What the handler of a model's live branch applied.
create table dsc.applied (
    id bigint generated always as identity primary key,
    platform text not null,
    revision text not null,
    at timestamptz not null default clock_timestamp()
);

create view dsc.stream_status as
select
    stream.name,
    stream.state,
    stream.reason,
    stream.incarnation,
    stream.commits,
    stream.committed_at,
    clock_timestamp() - stream.committed_at as behind,
    batch.finished_at as last_batch_at,
    batch.latency_max
from dsc.stream
left join dsc.batch on batch.stream = stream.name and batch.number = stream.batches;

create view dsc.throughput as
select
    stream,
    date_trunc('minute', finished_at) as minute,
    count(*) as batches,
    sum(commits) as commits,
    sum(changes) as changes,
    sum(redelivered) as redelivered
from dsc.batch
where finished_at is not null
group by stream, date_trunc('minute', finished_at);
