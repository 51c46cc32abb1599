//! Accounts (akun): the people who work in the portal, known by their NIP.
//!
//! An account belongs to one institution and has one role (the agreements'
//! "hak akses PIC": PKS BPS-BKN 2023 Pasal 3, Setneg-BKN 2022 Pasal 5). What a
//! role may do is a table of permissions; whose data it may see is a [`Scope`].
//! A new account has no password: its owner sets one through a one-time link.

mod access;
mod actions;
mod email;
pub mod jobs;
mod link;
mod mails;
mod model;
mod names;
mod navigation;
pub mod pages;
pub mod password;
mod password_rules;
mod queries;
mod recipients;
mod scope;
mod session;
mod slowdown;
mod text;

pub use access::{Access, SignedIn, authenticate};
pub use actions::{CreateAdminError, FirstAdmin, create_first_admin};
pub use model::{Account, AccountId, Permission, Role};
pub use names::Names;
pub use recipients::{find_open, pics_of};
pub use scope::Scope;
