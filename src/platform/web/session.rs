//! Sessions on the server: the cookie carries a key, the database the rest, so
//! that a session can be ended from either side.

use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_web::cookie::time::Duration;
use diesel::prelude::*;
use std::collections::HashMap;

use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{self, Db, DbConn, schema::sessions};
use crate::platform::secret;

/// The entry of a session's state that names its account.
pub const SESSION_ACCOUNT: &str = "account";

/// How long a session lives (OWASP ASVS 5.0, 7.3).
pub struct SessionRules;

impl SessionRules {
    /// Seconds without a request after which nothing but an upload under way is
    /// taken: 30 minutes.
    pub const IDLE_SECONDS: i64 = 30 * 60;
    /// Seconds after which a session is over, whatever happens: 12 hours.
    pub const TOTAL_SECONDS: i64 = 12 * 3600;
    /// The entry of the state that says that the session has been idle too long.
    pub const IDLE: &'static str = "idle";
    /// Seconds between two notes of the last request.
    const TOUCH_SECONDS: i64 = 60;
}

type State = HashMap<String, String>;

/// Sessions in the table `sessions`, under the hash of their key.
#[derive(Clone)]
pub struct SqlSessionStore {
    db: Db,
    clock: Clock,
}

impl SqlSessionStore {
    /// A store over the portal's database.
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock }
    }

    async fn write<T: Send + 'static>(
        &self,
        deed: impl FnOnce(&mut DbConn) -> QueryResult<T> + Send + 'static,
    ) -> anyhow::Result<T> {
        Ok(self.db.write(deed).await??)
    }
}

impl SessionStore for SqlSessionStore {
    async fn load(&self, key: &SessionKey) -> Result<Option<State>, LoadError> {
        let (hash, now) = (hash_of(key), self.clock.now());
        let row = self.db.read(move |conn| seen(conn, &hash, now)).await;
        let row = row
            .map_err(anyhow::Error::from)
            .and_then(|inner| Ok(inner?))
            .map_err(LoadError::Other)?;
        let Some((state, created_at, seen_at)) = row else {
            return Ok(None);
        };
        if now.seconds_since(created_at) >= SessionRules::TOTAL_SECONDS {
            return Ok(None);
        }
        let mut state: State =
            serde_json::from_str(&state).map_err(|e| LoadError::Deserialization(e.into()))?;
        state.remove(SessionRules::IDLE);
        if now.seconds_since(seen_at) >= SessionRules::IDLE_SECONDS {
            state.insert(SessionRules::IDLE.to_owned(), "true".to_owned());
        }
        Ok(Some(state))
    }

    async fn save(&self, state: State, _: &Duration) -> Result<SessionKey, SaveError> {
        let token = secret::token().map_err(|e| SaveError::Other(anyhow::anyhow!("{e}")))?;
        let text = serde_json::to_string(&state).map_err(|e| SaveError::Serialization(e.into()))?;
        let key = SessionKey::try_from(token).map_err(|e| SaveError::Other(e.into()))?;
        let (hash, now) = (hash_of(&key), self.clock.now());
        let account = account_of(&state);
        self.write(move |conn| insert(conn, &hash, account, &text, now))
            .await
            .map_err(SaveError::Other)?;
        Ok(key)
    }

    async fn update(
        &self,
        key: SessionKey,
        state: State,
        _: &Duration,
    ) -> Result<SessionKey, UpdateError> {
        let text =
            serde_json::to_string(&state).map_err(|e| UpdateError::Serialization(e.into()))?;
        let (hash, now) = (hash_of(&key), self.clock.now());
        let account = account_of(&state);
        // A session that went idle is never revived by what is left in it.
        let seen_at = (!state.contains_key(SessionRules::IDLE)).then_some(now);
        self.write(move |conn| {
            diesel::update(sessions::table.find(&hash))
                .set((
                    sessions::state.eq(text),
                    sessions::account_id.eq(account),
                    seen_at.map(|at| sessions::seen_at.eq(at)),
                ))
                .execute(conn)
        })
        .await
        .map_err(UpdateError::Other)?;
        Ok(key)
    }

    /// The request was noted when the session was loaded.
    async fn update_ttl(&self, _: &SessionKey, _: &Duration) -> anyhow::Result<()> {
        Ok(())
    }

    async fn delete(&self, key: &SessionKey) -> anyhow::Result<()> {
        let hash = hash_of(key);
        self.write(move |conn| diesel::delete(sessions::table.find(hash)).execute(conn))
            .await?;
        Ok(())
    }
}

fn hash_of(key: &SessionKey) -> String {
    secret::sha256_hex(key.as_ref().as_bytes())
}

/// Entries are kept as JSON: a string stands in quotes.
fn account_of(state: &State) -> Option<String> {
    serde_json::from_str(state.get(SESSION_ACCOUNT)?).ok()
}

/// What is kept under a key. Notes the request, at most once a minute, and never
/// revives a session that has been idle too long.
fn seen(
    conn: &mut DbConn,
    hash: &str,
    now: Moment,
) -> QueryResult<Option<(String, Moment, Moment)>> {
    let row = find(conn, hash)?;
    let age = row
        .as_ref()
        .map(|(_, _, seen_at)| now.seconds_since(*seen_at));
    if age
        .is_some_and(|age| (SessionRules::TOUCH_SECONDS..SessionRules::IDLE_SECONDS).contains(&age))
    {
        db::transaction(conn, |conn| {
            diesel::update(sessions::table.find(hash))
                .set(sessions::seen_at.eq(now))
                .execute(conn)
        })?;
    }
    Ok(row)
}

fn find(conn: &mut DbConn, hash: &str) -> QueryResult<Option<(String, Moment, Moment)>> {
    sessions::table
        .find(hash)
        .select((sessions::state, sessions::created_at, sessions::seen_at))
        .first(conn)
        .optional()
}

fn insert(
    conn: &mut DbConn,
    hash: &str,
    account: Option<String>,
    state: &str,
    now: Moment,
) -> QueryResult<usize> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::key_hash.eq(hash),
            sessions::account_id.eq(account),
            sessions::state.eq(state),
            sessions::created_at.eq(now),
            sessions::seen_at.eq(now),
        ))
        .execute(conn)
}
