//! A partner's data from the file to the take-over, through HTTP.

mod downloads;
mod interrupted;
mod journey;
mod refusals;
mod states;
mod workbooks;
