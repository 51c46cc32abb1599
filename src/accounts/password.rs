//! Passwords: Argon2id at OWASP's parameters (19 MiB, 2 passes, 1 lane).

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use std::num::NonZero;
use std::sync::LazyLock;
use std::time::Duration;
use tokio::sync::Semaphore;

use crate::platform::web::AppError;

/// Longer passwords are refused before they are hashed.
pub const MAX_CHARACTERS: usize = 128;

/// A hash takes a core and 19 MiB: no more at once than there are cores.
static HASHING: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(2, NonZero::get)));

/// How long a password waits for its turn to be hashed.
const QUEUE: Duration = Duration::from_secs(2);

/// What a password is compared with when there is no account, so that the
/// answer takes the same time.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody has this one").unwrap_or_default());

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// Hashes a password, in PHC form, with its own random salt.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(argon2().hash_password(password.as_bytes())?.to_string())
}

/// Whether a password is the one that was hashed.
pub fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Whether a hash was made with less work than is asked for today.
pub fn is_outdated(hash: &str) -> bool {
    let today = Params::default();
    let Ok(made) = PasswordHash::new(hash) else {
        return false;
    };
    Params::try_from(&made)
        .is_ok_and(|made| made.m_cost() < today.m_cost() || made.t_cost() < today.t_cost())
}

/// Whether a password is the one that was hashed; takes as long when there is
/// no hash. For requests: takes its turn, on the blocking threads.
///
/// # Errors
/// `Busy` when its turn does not come in time.
pub async fn matches(password: String, hash: Option<String>) -> Result<bool, AppError> {
    in_turn(move || match hash {
        Some(hash) => verify(&password, &hash),
        None => {
            verify(&password, &NOBODY);
            false
        }
    })
    .await
}

/// Hashes a password in its turn, on the blocking threads.
///
/// # Errors
/// `Busy` when its turn does not come in time.
pub async fn hashed(password: String) -> Result<String, AppError> {
    in_turn(move || hash(&password))
        .await?
        .map_err(|error| AppError::Internal(error.to_string()))
}

async fn in_turn<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let turn = tokio::time::timeout(QUEUE, HASHING.acquire()).await;
    let Ok(Ok(_turn)) = turn else {
        return Err(AppError::Busy("hashing passwords"));
    };
    actix_web::web::block(work)
        .await
        .map_err(|error| AppError::Internal(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_hash_has_the_parameters_that_owasp_asks_for() {
        let text = hash("kuda hijau menari 7 kali").unwrap();
        let parsed = PasswordHash::new(&text).unwrap();
        assert_eq!(parsed.algorithm.as_str(), "argon2id");
        let number = |name: &str| parsed.params.get_decimal(name).unwrap();
        assert!(
            number("m") >= 19_456 && number("t") >= 2 && number("p") == 1,
            "{text}"
        );
    }

    #[test]
    fn a_password_is_taken_as_typed() {
        let text = hash(" Kuda Hijau ").unwrap();
        assert!(verify(" Kuda Hijau ", &text));
        for other in ["Kuda Hijau", " kuda hijau ", " Kuda  Hijau ", ""] {
            assert!(!verify(other, &text), "{other:?}");
        }
    }

    #[test]
    fn one_password_has_two_hashes() {
        assert_ne!(hash("sama").unwrap(), hash("sama").unwrap());
    }

    #[actix_web::test]
    async fn nobody_s_password_is_hashed_in_its_turn_and_never_matches() {
        assert!(PasswordHash::new(&NOBODY).is_ok());
        let cores = u32::try_from(HASHING.available_permits()).unwrap();
        let all = HASHING.acquire_many(cores).await.unwrap();
        let busy = matches("nobody has this one".into(), None).await;
        assert!(matches!(busy, Err(AppError::Busy(_))));
        drop(all);
        assert!(!matches("nobody has this one".into(), None).await.unwrap());
    }
}
