-- Words and rules as in the design; the engine's state machine is drawn in tocsin.delivery.
-- "null means all" wherever a list filters.

create table component (
  id text primary key check (id ~ '^[a-z0-9-]{1,64}$'),
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null default now()
);

create table region (
  id text primary key check (id ~ '^[a-z0-9-]{1,64}$'),
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null default now()
);

create table customer (
  id text primary key check (id ~ '^[a-z0-9-]{1,64}$'),
  name text not null check (length(name) between 1 and 200),
  regions text[] check (cardinality(regions) > 0),
  segments text[] check (cardinality(segments) > 0),
  -- whose messages of an update go first
  priority text not null default 'normal' check (priority in ('high', 'normal', 'low')),
  created_at timestamptz not null default now(),
  -- the transaction that last changed the row: what an index in memory has not seen yet
  changed xid8 not null default pg_current_xact_id()
);
create index customer_changed on customer (changed);

-- Rows are never removed while the ledger may speak of them: who leaves changes standing.
create table subscriber (
  id integer generated always as identity primary key,
  channel text not null check (channel in ('email', 'sms', 'webhook')),
  address text not null check (length(address) between 1 and 2048),
  -- the address in the one form in which equal addresses are equal
  address_key text not null,
  locale text not null check (length(locale) between 1 and 35),
  time_zone text not null check (length(time_zone) between 1 and 64),
  customer text references customer (id),
  -- [{"components": [...], "regions": [...], "segments": [...], "minImpact": "minor"}, ...]
  subscriptions jsonb not null check (jsonb_typeof(subscriptions) = 'array'),
  standing text not null default 'active'
    check (standing in ('active', 'quarantined', 'disabled', 'opted_out', 'unsubscribed', 'deleted')),
  -- since when: only a consent given later brings back who left
  standing_at timestamptz not null default now(),
  secret text,
  check ((channel = 'webhook' and standing <> 'deleted') <= (secret is not null)),
  check (channel = 'webhook' or secret is null),
  -- whom to tell by e-mail when an endpoint is given up
  contact text check (contact is null or channel = 'webhook'),
  -- a distribution list: one reader alone cannot end it for the others
  shared boolean not null default false check (channel = 'email' or not shared),
  -- which updates of an incident: all in their order, or the latest when there are several
  updates text not null default 'latest'
    check (updates = 'latest' or (updates = 'every' and channel = 'webhook')),
  -- a webhook's form and what signs it; the key pair stays when it is not asked for any more
  dialect text not null default 'native'
    check (dialect = 'native'
      or (dialect in ('statuspage', 'slack', 'teams') and channel = 'webhook')),
  signature text not null default 'v1'
    check (signature = 'v1' or (signature in ('v1a', 'both') and signing_key is not null)),
  signing_key text check (channel = 'webhook' or signing_key is null),
  public_key text check ((public_key is null) = (signing_key is null)),
  -- what was replaced signs too, each until its own end in Unix time, newest first:
  -- [{"secret": "whsec_...", "signingKey": "whsk_...", "until": 1767225600}, ...]
  old_keys jsonb check (jsonb_array_length(old_keys) between 1 and 3),
  -- of the links to the preferences; a link of another version is revoked
  link_version smallint not null default 0 check (link_version >= 0),
  -- when they last chose by themselves what they hear of: an import leaves that as it is
  chosen_at timestamptz,
  consent_source text not null,
  consent_at timestamptz not null,
  created_at timestamptz not null default now(),
  changed xid8 not null default pg_current_xact_id(),
  unique (channel, address_key)
);
create index subscriber_changed on subscriber (changed);
-- who must not be messaged from one moment to the next
create index subscriber_departed on subscriber (changed) where standing <> 'active';
create index subscriber_customer on subscriber (customer, id);
create index subscriber_standing_at on subscriber (standing_at) where standing <> 'active';
create index subscriber_not_active on subscriber (channel, standing) where standing <> 'active';

-- Who agreed to be messaged and who took it back, in that order: the proof, also when the subscriber
-- has gone. Appended only; retention alone deletes. The subscriber is not a foreign key, since no row
-- of theirs is ever removed and an import would pay for the check.
create table consent (
  id bigint generated always as identity,
  subscriber integer not null,
  kind text not null check (kind in ('given', 'withdrawn')),
  channel text not null check (channel in ('email', 'sms', 'webhook')),
  -- what was on show when they agreed
  wording text check (length(wording) between 1 and 100),
  wording_version integer check (wording_version > 0),
  source text not null check (length(source) between 1 and 200),
  -- who wrote it down, where it was not the person: api:KEY, import:KEY
  actor text check (length(actor) between 1 and 200),
  ip text check (length(ip) between 1 and 45),
  user_agent text check (length(user_agent) between 1 and 500),
  -- the opt-in that it confirms, and when that was asked for
  opt_in bigint,
  requested_at timestamptz,
  at timestamptz not null,
  recorded_at timestamptz not null default now(),
  primary key (subscriber, id),
  check ((wording is null) = (wording_version is null)),
  check ((opt_in is null) = (requested_at is null))
);

create function append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
-- An erasure takes what is not needed to prove it, and nothing else.
create trigger consent_append_only before update on consent for each row
  when (new.ip is not null or new.user_agent is not null
    or (old.subscriber, old.id, old.kind, old.channel, old.wording, old.wording_version, old.source,
        old.actor, old.opt_in, old.requested_at, old.at, old.recorded_at)
      is distinct from (new.subscriber, new.id, new.kind, new.channel, new.wording,
        new.wording_version, new.source, new.actor, new.opt_in, new.requested_at, new.at,
        new.recorded_at))
  execute function append_only();

-- Addresses that may not become subscribers by the API or an import; after an erasure only the hash
-- is left.
create table suppression (
  id bigint generated always as identity unique,
  -- HMAC-SHA256 of the channel and the key of the address
  hash bytea primary key check (length(hash) = 32),
  channel text not null check (channel in ('email', 'sms', 'webhook')),
  address_key text check (length(address_key) between 1 and 2048),
  reason text not null
    check (reason in ('bounce', 'complaint', 'unsubscribed', 'erased', 'manual')),
  check (reason <> 'erased' or address_key is null),
  -- who put it there: api:KEY, import:KEY, retention, ...
  source text not null check (length(source) between 1 and 200),
  at timestamptz not null default now()
);

create table incident (
  id text primary key check (id ~ '^[a-z0-9-]{1,64}$'),
  title text not null check (length(title) between 1 and 200),
  kind text not null check (kind in ('incident', 'maintenance')),
  status text not null,
  impact text not null check (impact in ('none', 'minor', 'major', 'critical')),
  last_sequence integer not null check (last_sequence >= 0),
  created_at timestamptz not null default now()
);

create table incident_update (
  id integer generated always as identity primary key,
  incident text not null references incident (id),
  sequence integer not null check (sequence > 0),
  status text not null check (status in ('investigating', 'identified', 'monitoring', 'resolved',
    'postmortem', 'scheduled', 'in_progress', 'verifying', 'completed')),
  impact text not null check (impact in ('none', 'minor', 'major', 'critical')),
  -- {"": "words"} or {"en": "words", "de": "Worte"}
  body jsonb not null,
  -- [{"component": "web", "region": "emea", "segment": "na-2"}, ...]; a missing key means all
  affects jsonb not null check (jsonb_array_length(affects) > 0),
  next_update_by timestamptz,
  window_from timestamptz,
  window_until timestamptz,
  notify boolean not null,
  -- who said it, and the key and fingerprint by which a repeat is known
  source text not null,
  idempotency_key text,
  fingerprint bytea not null,
  -- the span that it came with (W3C traceparent); null: it is not followed
  trace text check (length(trace) = 55),
  accepted_at timestamptz not null default now(),
  -- set by the planner: chunks are there; or why they are not
  planned_at timestamptz,
  parked text,
  -- what an operator wants of its fan-out
  control text not null default 'running' check (control in ('running', 'paused', 'cancelled')),
  unique (incident, sequence),
  unique (source, idempotency_key),
  check ((window_from is null) = (window_until is null)),
  check (window_until > window_from)
);
create index incident_update_unplanned on incident_update (id)
  where planned_at is null and parked is null;

-- The frozen set of one update on one channel in one class of priority.
create table audience (
  id integer generated always as identity primary key,
  update_id integer not null references incident_update (id),
  channel text not null check (channel in ('email', 'sms', 'webhook')),
  -- 0 goes first: by impact, then by customer
  priority smallint not null check (priority between 0 and 11),
  size integer not null check (size >= 0),
  -- portable serialised RoaringBitmap of subscriber ids
  members bytea not null,
  chunk_size integer not null check (chunk_size > 0),
  -- when nothing was pending any more; noted by the first node that sees it
  completed_at timestamptz,
  -- when the members and what became of each were deleted; the account stays
  forgotten_at timestamptz,
  unique (update_id, channel, priority)
);
-- Delivery ids begin with the audience's: two installations must not give out the same.
select setval(pg_get_serial_sequence('audience', 'id'), 1 + floor(random() * 1000000000)::bigint);
-- sets of numbers do not compress any further
alter table audience alter column members set storage external;
create index audience_kept on audience (completed_at) where forgotten_at is null;
create index audience_open on audience (channel, priority, id) where completed_at is null;

-- Chunk n holds the members of rank n * chunk_size and on. "settled" counts members that left the
-- chunk: they have a final outcome or a retry row. The five counters are of final outcomes only.
create table chunk (
  audience integer not null references audience (id),
  number integer not null check (number >= 0),
  channel text not null,
  size integer not null check (size > 0),
  settled integer not null default 0 check (settled between 0 and size),
  sent integer not null default 0,
  failed integer not null default 0,
  suppressed integer not null default 0,
  withdrawn integer not null default 0,
  superseded integer not null default 0,
  first_sent_at timestamptz,
  last_sent_at timestamptz,
  -- raised by every claim: who settles must show the claim it works under
  claim integer not null default 0,
  -- while somebody holds it, the end of the lease; else what it waits for
  claimable_at timestamptz not null default now(),
  leased boolean not null default false,
  -- leases that ended unsettled and not handed back, since the last progress; too many park the chunk
  takeovers smallint not null default 0 check (takeovers >= 0),
  parked_at timestamptz,
  -- the last flush that settled anything under this claim: a flush that is repeated because its answer
  -- was lost counts once
  flush bigint not null default 0,
  -- settled = size; the only counter an index looks at, so that progress stays a HOT update
  done boolean not null default false check (done = (settled = size)),
  primary key (audience, number),
  check (sent + failed + suppressed + withdrawn + superseded <= size)
) with (fillfactor = 50);
create index chunk_claimable on chunk (audience, number) where not done;
create index chunk_parked on chunk (audience, number) where parked_at is not null;

-- Only who could not be sent to at once.
create table retry (
  audience integer not null,
  subscriber integer not null,
  chunk integer not null,
  channel text not null,
  -- as the audience's
  priority smallint not null,
  -- failed attempts so far; waiting for a limit is none
  attempts smallint not null check (attempts >= 0),
  reason text not null,
  -- the limit that it waits for; who has permits of that limit claims it
  waits_for text,
  -- while somebody holds it, the end of the lease; else when it is tried again
  due_at timestamptz not null,
  leased boolean not null default false,
  takeovers smallint not null default 0 check (takeovers >= 0),
  parked_at timestamptz,
  -- when an operator requeued it: from then on it may be told as long as if it were new
  requeued_at timestamptz,
  -- told again on purpose: newer updates neither supersede it nor wait for it
  replay boolean not null default false,
  claim integer not null default 0,
  primary key (audience, subscriber),
  foreign key (audience, chunk) references chunk (audience, number)
);
create index retry_due on retry (channel, due_at) where waits_for is null;
create index retry_waiting on retry (channel, waits_for, priority, due_at) where waits_for is not null;
create index retry_subscriber on retry (subscriber);
create index retry_parked on retry (audience, subscriber) where parked_at is not null;

-- Append-only: one row per flush and chunk for all that came to the same. A final state is left only
-- by a later row with the reason "requeued".
create table ledger (
  -- in the order of what happened to any one recipient, whatever the clocks say
  id bigint generated always as identity,
  audience integer not null,
  chunk integer not null,
  at timestamptz not null default now(),
  state text not null
    check (state in ('sent', 'failed', 'suppressed', 'withdrawn', 'superseded', 'deferred')),
  attempts smallint not null,
  -- why it was not sent, where a send was tried; of what was sent: why it had been taken for failed
  reason text,
  subscribers integer[] not null check (cardinality(subscribers) > 0),
  -- the provider's id of what was sent, else the reason and the provider's words: one for each
  -- subscriber, or one that holds for all
  details text[] not null check (cardinality(details) in (1, cardinality(subscribers)))
);
create index ledger_chunk on ledger (audience, chunk);
create index ledger_failed on ledger (audience, chunk) where state = 'failed';
create index ledger_reopened on ledger (audience, chunk)
  where reason = 'requeued' or state = 'sent' and reason = 'unknown';

-- A provider's later word. The rank only rises.
create table receipt (
  audience integer not null references audience (id),
  subscriber integer not null,
  state text not null,
  rank smallint not null,
  detail text not null,
  at timestamptz not null default now(),
  primary key (audience, subscriber)
);

-- Failed attempts in a row at an endpoint; only those have a row that failed since they were last
-- activated.
create table endpoint_health (
  subscriber integer primary key references subscriber (id),
  failures integer not null check (failures >= 0),
  failing_since timestamptz,
  last_failure_at timestamptz not null,
  -- why, in a word
  last_failure text not null,
  last_success_at timestamptz,
  throttled_until timestamptz
) with (fillfactor = 70);
create index endpoint_health_throttled on endpoint_health (throttled_until);

-- What was sent to endpoints, once for all that got the same.
create table attempt_body (
  hash uuid primary key,
  content text not null,
  at timestamptz not null default now()
);

-- In the order in which attempts were written, over both tables of them.
create sequence attempt_id;

-- What endpoints did not take, about the last hundred attempts of each, for a week.
create table attempt (
  id bigint not null default nextval('attempt_id'),
  subscriber integer not null,
  -- of which update; 0 for none
  audience integer not null,
  at timestamptz not null,
  -- in us
  took integer not null,
  outcome text not null check (outcome in ('sent', 'deferred', 'failed')),
  reason text,
  detail text,
  -- JSON
  request_headers text,
  request_body uuid not null,
  status smallint,
  response_headers text,
  response_body text,
  primary key (subscriber, id)
);
create index attempt_at on attempt using brin (at);

-- What endpoints took, for a week: one row for each body and flush, one element for each attempt.
-- There is no index on the members: it would cost more at every fan-out than it spares whoever looks
-- at an endpoint, who reads the members of all rows.
create table attempt_run (
  id bigint primary key default nextval('attempt_id'),
  audience integer not null,
  -- of the first
  at timestamptz not null,
  subscribers integer[] not null check (cardinality(subscribers) > 0),
  -- since the first, in ms
  offsets integer[] not null check (cardinality(offsets) = cardinality(subscribers)),
  -- in us
  took integer[] not null check (cardinality(took) = cardinality(subscribers)),
  -- these three: one for each attempt, or one that holds for all
  statuses smallint[] not null check (cardinality(statuses) in (1, cardinality(subscribers))),
  -- JSON; null where they are not kept
  response_headers text[]
    check (cardinality(response_headers) in (1, cardinality(subscribers))),
  -- null where all are empty
  response_bodies text[] check (cardinality(response_bodies) in (1, cardinality(subscribers))),
  -- null where it is not kept
  request_body uuid
);
alter table attempt_run alter column subscribers set storage external,
  alter column offsets set storage external, alter column took set storage external;
create index attempt_run_at on attempt_run (at);

-- An endpoint was given up: whose deliveries no longer wait, and whose owner is told.
create table endpoint_event (
  id bigint generated always as identity primary key,
  subscriber integer not null references subscriber (id),
  standing text not null check (standing in ('quarantined', 'disabled')),
  at timestamptz not null default now(),
  attempts smallint not null default 0,
  due_at timestamptz not null default now(),
  -- what became of the mail
  outcome text check (outcome in ('sent', 'failed', 'nobody'))
);
create index endpoint_event_due on endpoint_event (due_at) where outcome is null;

create function endpoint_standing_changed() returns trigger language plpgsql as $$
begin
  if new.standing = 'active' then
    delete from endpoint_health where subscriber = new.id;
  else
    insert into endpoint_event (subscriber, standing) values (new.id, new.standing);
  end if;
  return null;
end $$;
create trigger endpoint_standing_changed after update of standing on subscriber for each row
  when (new.channel = 'webhook' and new.standing is distinct from old.standing
    and new.standing in ('active', 'quarantined', 'disabled'))
  execute function endpoint_standing_changed();

-- Messages to one person that tell of no update.
create table notice (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('confirm', 'code', 'known', 'welcome', 'leave')),
  channel text not null check (channel in ('email', 'sms')),
  address text not null check (length(address) between 1 and 320),
  -- an opt-in of what is to be confirmed, else a subscriber
  subject integer not null,
  locale text not null,
  time_zone text not null,
  at timestamptz not null default now(),
  attempts smallint not null default 0,
  -- while somebody holds it, the end of the lease; else when it is tried
  due_at timestamptz not null default now(),
  outcome text check (outcome in ('sent', 'failed', 'dropped'))
);
create index notice_due on notice (due_at) where outcome is null;
create index notice_ended on notice (at) where outcome is not null;
create index notice_address on notice (channel, address, at);

-- Texts that were taken and then failed: what is dealt with already, and who fails again and again.
create table sms_failure (
  sid text primary key check (length(sid) between 1 and 64),
  audience integer not null,
  subscriber integer not null,
  code integer not null,
  at timestamptz not null default now()
);
create index sms_failure_subscriber on sms_failure (subscriber);

-- Who left, or came back, by a text of their own: the proof.
create table sms_reply (
  sid text primary key check (length(sid) between 1 and 64),
  subscriber integer not null references subscriber (id),
  word text not null check (word in ('stop', 'start', 'yes')),
  at timestamptz not null default now()
);

-- Mails that were refused, at once or in a report later: one row for each mail, whose class only gets
-- worse. The rows of a subscriber are what counts against the address.
create table bounce (
  audience integer not null,
  subscriber integer not null,
  class text not null check (class in ('policy', 'content', 'unknown', 'soft', 'routing', 'disabled',
    'capability', 'hard')),
  severity smallint not null,
  -- enhanced code, or empty
  status text not null check (length(status) <= 9),
  -- what the server said, without addresses
  detail text not null check (length(detail) <= 500),
  source text not null check (source in ('reply', 'mail', 'ses', 'sendgrid', 'mailgun')),
  at timestamptz not null default now(),
  primary key (audience, subscriber)
);
create index bounce_subscriber on bounce (subscriber, at);

-- Tokens under which Mailgun has reported something, and the hash of what: none is good for anything else.
create table mailgun_token (
  token text primary key check (length(token) <= 100),
  use bytea not null,
  at timestamptz not null default now()
);
create index mailgun_token_at on mailgun_token (at);

-- Who reported a mail of ours as unwanted, and what shows it.
create table complaint (
  subscriber integer not null references subscriber (id),
  -- of which update; 0 where the report does not say
  audience integer not null,
  type text not null check (length(type) between 1 and 40),
  source text not null check (source in ('mail', 'ses', 'sendgrid', 'mailgun')),
  proof text not null check (length(proof) <= 4000),
  at timestamptz not null default now(),
  primary key (subscriber, audience)
);

create table rate_limit (
  key text primary key check (length(key) between 1 and 300),
  permits integer not null check (permits > 0),
  per interval not null check (per > interval '0')
);

-- When a limit of a channel was last set or lifted: what was measured before says nothing of now.
create table rate_limit_change (
  channel text primary key,
  at timestamptz not null
);

-- What all nodes together have spent of a limit: when its next permit is to be had.
create table rate_limit_slot (
  key text primary key check (length(key) between 1 and 300),
  next_at timestamptz not null,
  -- the most permits that one message has asked for
  largest integer not null check (largest > 0)
) with (fillfactor = 50);

create table api_key (
  id integer generated always as identity primary key,
  name text not null unique check (length(name) between 1 and 100),
  hash bytea not null unique,
  role text not null check (role in ('viewer', 'publisher', 'admin')),
  created_at timestamptz not null default now()
);

-- What somebody asked for, for themselves or in somebody else's name: no subscriber until whoever
-- reads the address confirms it. Kept for a while after it expired.
create table opt_in (
  id integer generated always as identity primary key,
  channel text not null check (channel in ('email', 'sms', 'webhook')),
  address text not null check (length(address) between 1 and 2048),
  address_key text not null,
  locale text not null check (length(locale) between 1 and 35),
  time_zone text not null check (length(time_zone) between 1 and 64),
  -- what was wished besides
  wish jsonb not null check (jsonb_typeof(wish) = 'object'),
  -- who is asked about an endpoint, and what will sign to it
  contact text check ((channel = 'webhook') = (contact is not null)),
  secret text check ((channel = 'webhook') = (secret is not null)),
  signing_key text check (channel = 'webhook' or signing_key is null),
  public_key text check ((public_key is null) = (signing_key is null)),
  -- what was on show, and where
  wording text check (length(wording) between 1 and 100),
  wording_version integer check (wording_version > 0),
  source text not null check (length(source) between 1 and 200),
  ip inet,
  -- whom a limit takes for one
  network cidr check ((network is null) = (ip is null)),
  user_agent text check (length(user_agent) <= 500),
  requested_at timestamptz not null default now(),
  expires_at timestamptz not null check (expires_at > requested_at),
  confirmed_at timestamptz,
  -- the message that it led to, if any, and to whom; of a webhook it is the contact
  told text check (told in ('confirm', 'code', 'known')),
  told_channel text not null check (told_channel in ('email', 'sms')),
  told_key text not null,
  -- the opt-in whose code is asked for, an earlier one where its text is still good; null: none is
  code_of integer,
  -- wrong codes that were typed, counted where the code is from
  tries smallint not null default 0 check (tries between 0 and 5),
  -- how often and when the endpoint was last asked whether it agrees
  challenges smallint not null default 0 check (challenges between 0 and 5),
  challenged_at timestamptz,
  check ((wording is null) = (wording_version is null))
);
create index opt_in_told on opt_in (told_channel, told_key, requested_at);
create index opt_in_network on opt_in (network, requested_at);
create index opt_in_requested on opt_in (requested_at);
create index opt_in_expires on opt_in (expires_at);

-- Keys that the gateway made for itself, shared by all nodes.
create table gateway_secret (
  name text primary key,
  value bytea not null
);

-- Who changed what. A call of the API is written ahead of the change and its outcome added after it; an
-- entry without an outcome is under way, or its node died. What people and providers change is noted
-- by the transaction of the change.
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  -- the name of a key, or what a person or a provider came by: link, sms, form, provider
  actor text not null check (length(actor) between 1 and 200),
  -- an operation of the API, or what became of the subject
  action text not null check (length(action) between 1 and 100),
  -- the path of the thing that changed
  subject text collate "C" not null check (length(subject) between 1 and 2000),
  detail text check (length(detail) between 1 and 1000),
  outcome text check (outcome in ('done', 'refused', 'failed')),
  -- of the answer
  status smallint
);
create index audit_actor on audit (actor, id);
create index audit_subject on audit (subject, id);
create index audit_at on audit (at);
create trigger audit_append_only before update on audit for each row
  when (old.outcome is not null or new.outcome is null
    or (old.id, old.at, old.actor, old.action, old.subject)
      is distinct from (new.id, new.at, new.actor, new.action, new.subject))
  execute function append_only();
