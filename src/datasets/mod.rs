//! Data sets: what is declared about them, and the engine that reads a file,
//! checks it row by row and says what is wrong, where, and how to mend it.
//!
//! A library over files: it knows no database and no web. The file is read
//! twice, first quickly (size, shape, encoding), then row by row; memory does
//! not grow with it. Which data sets there are and what their columns may hold
//! stands in `datasets/*.json`, after the annexes of the agreements.

mod check;
mod code;
mod context;
mod declaration;
mod findings_csv;
mod granted;
mod header;
mod id;
mod marked;
mod merge;
mod model;
mod person_key;
mod reading;
mod refusal;
mod rehearsal;
mod row_key;
mod rules;
mod sample;
mod stage;
mod suggestion;
mod template;
mod text;
mod text_file;
mod told;
mod values;

pub use check::{check, check_record};
pub use code::Code;
pub use context::{
    BATCH, CheckError, Codes, Context, Flow, Institutions, Limits, Outside, OwnCode, People,
    Person, PersonKey, Sink, TakenRow, TakenRows, Upload,
};
pub use declaration::{
    Dataset, DeclarationError, Direction, Field, Kind, all, find, parse as parse_declaration,
    title_of,
};
pub use findings_csv::FindingsCsv;
pub use granted::GrantedFields;
pub use id::{AsnId, AsnIdError};
pub use marked::{
    MarkError, Marking, write_csv as write_marked_csv, write_xlsx as write_marked_xlsx,
};
pub use merge::{
    AmendReport, Amending, MergeError, MergeReport, Merging, RowChange, RowEdit, amend, merge,
    write_records,
};
pub use model::{
    CheckedRow, ColumnUse, Finding, Note, Severity, Summary, Tally, Values, Verdict, column_name,
};
pub use person_key::PersonKeyFault;
pub use refusal::FileRefusal;
pub use rehearsal::{PastFile, PastRow, Rehearsal, Rehearsed};
pub use row_key::RowKey;
pub use rules::Attribute;
pub use sample::{SampleError, write_csv as write_sample_csv, write_xlsx as write_sample_xlsx};
pub use stage::{DeclaredRule, Stage, Stages};
pub use template::{TemplateError, write as write_template};
pub use text::Sentence;

#[cfg(test)]
mod testing;
