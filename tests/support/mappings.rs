//! Partners' own codes, and the right to hand them in.

use diesel::prelude::*;
use padan::agreements::{Agreement, Direction, Grant, GrantId, Population};
use padan::institutions::Institution;
use padan::mappings::{self, Received};
use padan::platform::db::schema;
use padan::references;

use super::TestApp;

impl TestApp {
    /// Brings in the reference lists that come with the program.
    pub fn lists(&self) {
        let conn = &mut self.db.connection().unwrap();
        references::load_embedded(conn, self.clock.now()).unwrap();
    }

    /// A code of a partner's that BKN has taken over; names its mapping.
    pub fn mapping(&self, partner: &Institution, code: &str, name: &str) -> String {
        let conn = &mut self.db.connection().unwrap();
        let received = Received {
            code: code.to_owned(),
            name: name.to_owned(),
            ..Received::default()
        };
        let (number, now) = ("PD-2026-0001", self.clock.now());
        mappings::actions::receive(conn, partner.id, &[received], number, now).unwrap();
        schema::mappings::table
            .filter(schema::mappings::institution_id.eq(partner.id))
            .filter(schema::mappings::code.eq(code))
            .select(schema::mappings::id)
            .first(&mut **conn)
            .unwrap()
    }

    /// Lets an agreement's partner send a further data set.
    pub fn grant_to_send(&self, agreement: &Agreement, dataset: &str) {
        let grant = Grant {
            id: GrantId::generate(),
            agreement_id: agreement.id,
            dataset: dataset.to_owned(),
            direction: Direction::PartnerToBkn,
            fields: None,
            population: Population::default(),
            article: "Lampiran API 2".to_owned(),
            page: None,
            addendum: None,
            valid_from: agreement.signed_on,
        };
        diesel::insert_into(schema::grants::table)
            .values(&grant)
            .execute(&mut *self.db.connection().unwrap())
            .unwrap();
    }
}
