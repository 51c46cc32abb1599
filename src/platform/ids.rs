//! Typed UUIDv7 ids and closed lists of words, kept as text in both databases.

/// Lets a type stand in a TEXT column: how it is written, how it is read back.
macro_rules! text_column {
    ($ty:ty, |$v:ident| $to:expr, |$s:ident| $from:expr) => {
        impl ::diesel::serialize::ToSql<::diesel::sql_types::Text, ::diesel::pg::Pg> for $ty {
            fn to_sql<'b>(
                &'b self,
                out: &mut ::diesel::serialize::Output<'b, '_, ::diesel::pg::Pg>,
            ) -> ::diesel::serialize::Result {
                use std::io::Write;
                let $v = self;
                out.write_all(String::from($to).as_bytes())?;
                Ok(::diesel::serialize::IsNull::No)
            }
        }
        impl ::diesel::serialize::ToSql<::diesel::sql_types::Text, ::diesel::sqlite::Sqlite>
            for $ty
        {
            fn to_sql<'b>(
                &'b self,
                out: &mut ::diesel::serialize::Output<'b, '_, ::diesel::sqlite::Sqlite>,
            ) -> ::diesel::serialize::Result {
                let $v = self;
                out.set_value(String::from($to));
                Ok(::diesel::serialize::IsNull::No)
            }
        }
        impl
            ::diesel::serialize::ToSql<
                ::diesel::sql_types::Text,
                $crate::platform::db::MultiBackend,
            > for $ty
        {
            fn to_sql<'b>(
                &'b self,
                out: &mut ::diesel::serialize::Output<'b, '_, $crate::platform::db::MultiBackend>,
            ) -> ::diesel::serialize::Result {
                out.set_value((::diesel::sql_types::Text, self));
                Ok(::diesel::serialize::IsNull::No)
            }
        }
        impl<DB: ::diesel::backend::Backend>
            ::diesel::deserialize::FromSql<::diesel::sql_types::Text, DB> for $ty
        where
            String: ::diesel::deserialize::FromSql<::diesel::sql_types::Text, DB>,
        {
            fn from_sql(raw: DB::RawValue<'_>) -> ::diesel::deserialize::Result<Self> {
                let $s = <String as ::diesel::deserialize::FromSql<
                    ::diesel::sql_types::Text,
                    DB,
                >>::from_sql(raw)?;
                $from
            }
        }
    };
}
pub(crate) use text_column;

/// Declares an id type: `id!(/** What it names. */ InstitutionId)`.
///
/// Ids are UUIDv7. Business facts are never ordered by them.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::diesel::expression::AsExpression, ::diesel::deserialize::FromSqlRow, ::serde::Deserialize)]
        #[diesel(sql_type = ::diesel::sql_types::Text)]
        #[serde(try_from = "String")]
        pub struct $name(::uuid::Uuid);
        impl $name {
            /// A new id.
            pub fn generate() -> Self { Self(::uuid::Uuid::now_v7()) }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { self.0.fmt(f) }
        }
        impl TryFrom<String> for $name {
            type Error = ::uuid::Error;
            fn try_from(s: String) -> Result<Self, Self::Error> { Ok(Self(::uuid::Uuid::parse_str(&s)?)) }
        }
        $crate::platform::ids::text_column!($name, |v| v.to_string(), |s| Ok($name::try_from(s)?));
    };
}
pub(crate) use id;

/// Declares a closed list of words that stands in a TEXT column:
/// `words!(/** Which side. */ Side { /** The partner. */ Partner = "partner" })`.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::diesel::expression::AsExpression, ::diesel::deserialize::FromSqlRow, ::serde::Deserialize, ::serde::Serialize)]
        #[diesel(sql_type = ::diesel::sql_types::Text)]
        #[serde(try_from = "String", into = "String")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }
        impl $name {
            /// Every word of the list, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word as stored.
            pub fn word(self) -> &'static str { match self { $(Self::$variant => $word),+ } }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { f.write_str(self.word()) }
        }
        impl ::std::str::FromStr for $name {
            type Err = $crate::platform::ids::UnknownWord;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word { $($word => Ok(Self::$variant),)+ _ => Err($crate::platform::ids::UnknownWord) }
            }
        }
        impl TryFrom<String> for $name {
            type Error = $crate::platform::ids::UnknownWord;
            fn try_from(word: String) -> Result<Self, Self::Error> { word.parse() }
        }
        impl From<$name> for String {
            fn from(value: $name) -> Self { value.word().to_owned() }
        }
        $crate::platform::ids::text_column!($name, |v| v.word(), |s| Ok(s.parse::<$name>()?));
    };
}
pub(crate) use words;

/// A word that is not on its closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a word that is not on its list")]
pub struct UnknownWord;
