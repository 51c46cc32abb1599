//! A partner's data from the file to the take-over, through HTTP.

mod attempts;
mod downloads;
mod drafts;
mod interrupted;
mod journey;
mod mended_rows;
mod queue;
mod reasons;
mod refusals;
mod states;
mod taken_over;
mod workbooks;
