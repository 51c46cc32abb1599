//! A partner's data from the file to the take-over, through HTTP.

mod journey;
