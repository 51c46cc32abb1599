//! The files of a publication: CSV for programs, a workbook for people. Both
//! name their source, as the agreements want (PKS LAN-BKN 2019 Pasal 4 ayat (4)).

mod csv_file;
mod xlsx_file;

pub use csv_file::CsvFile;
pub use xlsx_file::{Explanation, write as write_xlsx};
