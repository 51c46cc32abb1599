//! The least that a page of 50 rows from a database costs: no session, no
//! layout, no log, no headers but the framework's.

use actix_web::web::{Data, Html, block, get};
use actix_web::{App, HttpServer};
use askama::Template;
use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, Pool};

const ROWS: i32 = 1_000;
const SHOWN: i64 = 50;
const WORKERS: usize = 2;
const CONNECTIONS: u32 = 8;

diesel::table! {
    people (id) {
        id -> Integer,
        nip -> Text,
        name -> Text,
        unit -> Text,
        course -> Text,
        hours -> Integer,
        held_on -> Date,
    }
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = people)]
struct Person {
    id: i32,
    nip: String,
    name: String,
    unit: String,
    course: String,
    hours: i32,
    held_on: NaiveDate,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = "<!doctype html><html lang=\"id\"><head><title>Daftar</title></head><body><h1>Daftar</h1>\
<table class=\"tabel\"><thead><tr><th>No.</th><th>NIP</th><th>Nama</th><th>Unit</th><th>Kursus</th>\
<th>Jam</th><th>Tanggal</th></tr></thead><tbody>{% for person in people %}\
<tr class=\"baris\"><td class=\"angka\" data-label=\"No.\">{{ person.id }}</td>\
<td class=\"nip\" data-label=\"NIP\">{{ person.nip }}</td><td data-label=\"Nama\">{{ person.name }}</td>\
<td data-label=\"Unit\">{{ person.unit }}</td><td data-label=\"Kursus\">{{ person.course }}</td>\
<td class=\"angka\" data-label=\"Jam\">{{ person.hours }}</td>\
<td data-label=\"Tanggal\">{{ person.held_on.format(\"%d-%m-%Y\") }}</td></tr>{% endfor %}\
</tbody></table></body></html>"
)]
struct PeoplePage {
    people: Vec<Person>,
}

type Connections = Pool<ConnectionManager<SqliteConnection>>;

/// Serves the page until the process is killed.
pub async fn serve(address: &str, file: &str) {
    let pool: Connections = Pool::builder()
        .max_size(CONNECTIONS)
        .build(ConnectionManager::new(file))
        .unwrap();
    fill(&mut pool.get().unwrap());
    let app = move || {
        App::new()
            .app_data(Data::new(pool.clone()))
            .route("/", get().to(page))
    };
    let server = HttpServer::new(app).workers(WORKERS).tcp_nodelay(true);
    server.bind(address).unwrap().run().await.unwrap();
}

async fn page(pool: Data<Connections>) -> Html {
    let load = move || {
        let all = people::table.order(people::id).limit(SHOWN);
        all.load::<Person>(&mut pool.get().unwrap()).unwrap()
    };
    let people = block(load).await.unwrap();
    Html::new(PeoplePage { people }.render().unwrap())
}

fn fill(conn: &mut SqliteConnection) {
    conn.batch_execute(
        "PRAGMA journal_mode = WAL; CREATE TABLE people (id INTEGER PRIMARY KEY NOT NULL, \
         nip TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL, course TEXT NOT NULL, \
         hours INTEGER NOT NULL, held_on DATE NOT NULL)",
    )
    .unwrap();
    let person = |id| Person {
        id,
        nip: format!("19900101201503{id:04}"),
        name: format!("Pegawai Rekaan {id}"),
        unit: "Pusat Pelatihan Contoh Beta".to_owned(),
        course: "Pelatihan Analis Kebijakan Ahli Pertama".to_owned(),
        hours: 40,
        held_on: NaiveDate::from_ymd_opt(2026, 3, 17).unwrap(),
    };
    let all: Vec<Person> = (1..=ROWS).map(person).collect();
    diesel::insert_into(people::table)
        .values(&all)
        .execute(conn)
        .unwrap();
}
