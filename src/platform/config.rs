//! Configuration: environment variables that begin with `PADAN_`, nothing else.

use secrecy::SecretString;
use std::env;
use std::path::PathBuf;

/// Everything an installation can set.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the portal listens and what it is called from outside.
    pub web: WebConfig,
    /// Where facts are kept.
    pub storage: StorageConfig,
    /// How mail leaves.
    pub mail: MailConfig,
    /// How often partners may look into the register.
    pub lookups: LookupConfig,
}

/// How often partners may look into the register. An answer of "not found"
/// counts as much as one with data, or numbers could be tried one by one.
/// Searches for units may be ten times as many: they are about no person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookupConfig {
    /// `PADAN_LOOKUPS_ACCOUNT_HOUR` and `PADAN_LOOKUPS_ACCOUNT_DAY`: of one
    /// account, 60 and 300 unless set.
    pub account: Quota,
    /// `PADAN_LOOKUPS_INSTITUTION_HOUR` and `PADAN_LOOKUPS_INSTITUTION_DAY`: of
    /// all accounts of an institution together, 300 and 1,500 unless set.
    pub institution: Quota,
}

/// How much is allowed within a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Within any 60 minutes, from 1.
    pub per_hour: u32,
    /// Within any 24 hours, from 1.
    pub per_day: u32,
}

impl Default for LookupConfig {
    fn default() -> Self {
        let quota = |per_hour, per_day| Quota { per_hour, per_day };
        Self {
            account: quota(60, 300),
            institution: quota(300, 1_500),
        }
    }
}

impl LookupConfig {
    fn from_env() -> Result<Self, ConfigError> {
        let unset = Self::default();
        Ok(Self {
            account: Quota {
                per_hour: positive("PADAN_LOOKUPS_ACCOUNT_HOUR", unset.account.per_hour)?,
                per_day: positive("PADAN_LOOKUPS_ACCOUNT_DAY", unset.account.per_day)?,
            },
            institution: Quota {
                per_hour: positive("PADAN_LOOKUPS_INSTITUTION_HOUR", unset.institution.per_hour)?,
                per_day: positive("PADAN_LOOKUPS_INSTITUTION_DAY", unset.institution.per_day)?,
            },
        })
    }
}

/// Where the portal listens and what it is called from outside.
#[derive(Debug, Clone)]
pub struct WebConfig {
    /// `PADAN_LISTEN`: address and port, `127.0.0.1:8080` unless set.
    pub listen: String,
    /// `PADAN_BASE_URL`: how browsers reach the portal; links in mails begin with
    /// it, requests for another host or from another origin are refused, and
    /// cookies are Secure unless it is plain http on a loopback address.
    pub base_url: url::Url,
    /// `PADAN_TRUSTED_PROXY`: the address of the reverse proxy whose
    /// `X-Forwarded-For` is believed; none unless set.
    pub trusted_proxy: Option<std::net::IpAddr>,
    /// `PADAN_BODY_SECONDS`: seconds that the body of a request may take before
    /// any of it has come, 30 unless set.
    pub body_seconds: u64,
}

/// Seconds that the body of a request may take, unless the installation sets others.
pub const BODY_SECONDS: u64 = 30;

/// Where facts are kept.
#[derive(Debug, Clone)]
pub struct StorageConfig {
    /// `PADAN_DATABASE_URL`: `sqlite://<path>` or `postgres://…`.
    pub database_url: SecretString,
    /// `PADAN_DATA_DIR`: the folder of uploaded files and of mail kept as files.
    pub data_dir: PathBuf,
    /// The program that checks uploads in a process of its own: this one.
    pub program: PathBuf,
}

/// How mail leaves.
#[derive(Debug, Clone)]
pub struct MailConfig {
    /// `PADAN_SMTP_URL`: `smtp://host:port` (plain or STARTTLS with
    /// `?tls=required`) or `smtps://user:password@host`; without it mail is kept
    /// as files in the data folder.
    pub smtp_url: Option<SecretString>,
    /// `PADAN_SMTP_CA_FILE`: certificates in PEM that the mail server's may be
    /// signed with, beside the public ones; for an office's own authority.
    pub ca_file: Option<PathBuf>,
    /// `PADAN_SMTP_TIMEOUT_SECONDS`: how long the server may take until it wants
    /// the message, and again until it has taken it; 120 unless set. Longer than
    /// it needs, or a person is asked what became of messages.
    pub timeout_seconds: u64,
    /// `PADAN_MAIL_FROM`: the sender.
    pub from: String,
    /// `PADAN_MAIL_REPLY_TO`: where answers go, when not to the sender.
    pub reply_to: Option<String>,
    /// Messages a minute at most, `PADAN_MAIL_PER_MINUTE`, 120 unless set.
    pub per_minute: u32,
}

/// A variable that cannot be used, with the reason.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {reason}")]
pub struct ConfigError {
    name: &'static str,
    reason: String,
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// Names the first variable that cannot be used.
    pub fn from_env() -> Result<Self, ConfigError> {
        let data_dir = PathBuf::from(or("PADAN_DATA_DIR", "data"));
        let listen = or("PADAN_LISTEN", "127.0.0.1:8080");
        let database = set("PADAN_DATABASE_URL")
            .unwrap_or_else(|| format!("sqlite://{}", data_dir.join("padan.db").display()));
        Ok(Self {
            web: WebConfig {
                base_url: base_url(&or("PADAN_BASE_URL", &format!("http://{listen}")))?,
                trusted_proxy: set("PADAN_TRUSTED_PROXY")
                    .map(|address| parse("PADAN_TRUSTED_PROXY", &address))
                    .transpose()?,
                body_seconds: parse(
                    "PADAN_BODY_SECONDS",
                    &or("PADAN_BODY_SECONDS", &BODY_SECONDS.to_string()),
                )?,
                listen,
            },
            storage: StorageConfig {
                database_url: database.into(),
                data_dir,
                program: env::current_exe().map_err(|e| ConfigError::new("PADAN", &e))?,
            },
            mail: MailConfig {
                smtp_url: set("PADAN_SMTP_URL").map(SecretString::from),
                ca_file: set("PADAN_SMTP_CA_FILE").map(PathBuf::from),
                timeout_seconds: positive("PADAN_SMTP_TIMEOUT_SECONDS", 120)?.into(),
                from: or("PADAN_MAIL_FROM", "Padan <padan@padan.example>"),
                reply_to: set("PADAN_MAIL_REPLY_TO"),
                per_minute: positive("PADAN_MAIL_PER_MINUTE", 120)?,
            },
            lookups: LookupConfig::from_env()?,
        })
    }

    /// Whether cookies may go without `Secure`: only http on this machine.
    pub fn is_loopback_http(&self) -> bool {
        let host = self.web.base_url.host_str().unwrap_or_default();
        self.web.base_url.scheme() == "http" && ["127.0.0.1", "localhost", "[::1]"].contains(&host)
    }
}

fn or(name: &str, default: &str) -> String {
    set(name).unwrap_or_else(|| default.to_owned())
}

/// A variable that is there and not empty.
fn set(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The portal stands at the root of its host: paths in pages begin there.
fn base_url(text: &str) -> Result<url::Url, ConfigError> {
    let url: url::Url = parse("PADAN_BASE_URL", text)?;
    let is_root = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if is_root && ["http", "https"].contains(&url.scheme()) && url.host().is_some() {
        return Ok(url);
    }
    let reason = "must be http:// or https:// with a host and nothing after it";
    Err(ConfigError::new("PADAN_BASE_URL", &reason))
}

fn positive(name: &'static str, default: u32) -> Result<u32, ConfigError> {
    match parse(name, &or(name, &default.to_string()))? {
        0 => Err(ConfigError::new(name, &"must be at least 1")),
        number => Ok(number),
    }
}

fn parse<T: std::str::FromStr>(name: &'static str, value: &str) -> Result<T, ConfigError>
where
    T::Err: std::fmt::Display,
{
    value
        .parse()
        .map_err(|error| ConfigError::new(name, &error))
}

impl ConfigError {
    /// The variable and what is wrong with its value.
    pub fn new(name: &'static str, reason: &dyn std::fmt::Display) -> Self {
        let reason = reason.to_string();
        Self { name, reason }
    }
}
