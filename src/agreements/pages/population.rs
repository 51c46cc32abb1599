//! The part of the Annex form that says whose rows may pass.

use crate::agreements::model::Population;
use crate::datasets::{AsnId, Dataset};
use crate::platform::web::{Fields, FormErrors};
use crate::references::LoadedCodes;

/// The most lines taken of a list.
const LINES: usize = 700;
/// The most entries named that a line may mean.
const CANDIDATES: usize = 8;

/// What was typed about the population.
#[derive(Default)]
pub(super) struct TypedPopulation {
    /// Institutions, one a line, by name or ID.
    pub institutions: String,
    /// Functional positions, one a line, by name or ID.
    pub positions: String,
    /// A code of the list `golongan`, or nothing.
    pub grade: String,
    /// The Annex names all civil servants.
    pub everybody: bool,
    /// The partner's own staff are meant besides.
    pub own_staff: bool,
}

impl TypedPopulation {
    pub(super) fn of(form: &Fields) -> Self {
        Self {
            institutions: form.get("instansi").to_owned(),
            positions: form.get("jabatan").to_owned(),
            grade: form.get("golongan").to_owned(),
            everybody: form.get("semua") == "ya",
            own_staff: form.get("sendiri") == "ya",
        }
    }

    /// As the form shows a population on record: by name where there is one.
    pub(super) fn from(population: &Population, codes: &LoadedCodes) -> Self {
        let lines = |list: &str, ids: &Option<Vec<AsnId>>| {
            let entries = codes.of(list);
            let lines = ids.iter().flatten().map(|id| line_of(&entries, *id));
            lines.collect::<Vec<_>>().join("\n")
        };
        Self {
            institutions: lines("instansi", &population.institutions),
            positions: lines("jabatan-fungsional", &population.functional_positions),
            grade: population.grade_at_least.clone().unwrap_or_default(),
            everybody: population.everybody,
            own_staff: population.own_staff,
        }
    }

    /// The population meant, as far as a data set knows one: positions and
    /// grades are of persons.
    pub(super) fn read(
        &self,
        dataset: &Dataset,
        codes: &LoadedCodes,
        errors: &mut FormErrors,
    ) -> Population {
        let institutions = ids("instansi", &self.institutions, ("instansi", codes), errors);
        if !dataset.is_about_people() {
            return Population {
                institutions,
                ..Population::default()
            };
        }
        let list = ("jabatan-fungsional", codes);
        let functional_positions = ids("jabatan", &self.positions, list, errors);
        if !self.grade.is_empty() && !codes.has("golongan", &self.grade) {
            errors.add("golongan", "Pilih golongan dari daftar.");
        }
        let population = Population {
            institutions,
            functional_positions,
            grade_at_least: (!self.grade.is_empty()).then(|| self.grade.clone()),
            everybody: false,
            own_staff: self.own_staff,
        };
        match self.everybody {
            true if population == Population::default() => Population::of_everybody(),
            true => {
                errors.add(
                    "semua",
                    "Pilih seluruh pegawai ASN atau isi batasannya, jangan keduanya.",
                );
                population
            }
            false => population,
        }
    }
}

/// The line that means an ID: its name, with the ID where several bear it, or the
/// ID alone where its list lacks it.
fn line_of(entries: &[(String, String)], id: AsnId) -> String {
    let code = id.to_string();
    let found = entries.iter().find(|(known, _)| *known == code);
    let Some((_, name)) = found else {
        return code;
    };
    match entries.iter().filter(|(_, other)| other == name).count() {
        1 => name.clone(),
        _ => format!("{name} [{code}]"),
    }
}

fn ids(
    field: &'static str,
    text: &str,
    (list, codes): (&str, &LoadedCodes),
    errors: &mut FormErrors,
) -> Option<Vec<AsnId>> {
    let entries = codes.of(list);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut ids = Vec::new();
    if lines.clone().count() > LINES {
        errors.add(field, format!("Isi paling banyak {LINES} baris."));
        return None;
    }
    for line in lines {
        match read_line(line, &entries) {
            Ok(id) if ids.contains(&id) => {}
            Ok(id) => ids.push(id),
            Err(sentence) => {
                errors.add(field, sentence);
                return None;
            }
        }
    }
    (!ids.is_empty()).then_some(ids)
}

/// The entry that a line means, by ID, by `name [ID]` or by its whole name.
fn read_line(line: &str, entries: &[(String, String)]) -> Result<AsnId, String> {
    let bracketed = line
        .strip_suffix(']')
        .and_then(|line| Some(line.rsplit_once('[')?.1));
    if let Ok(id) = bracketed.unwrap_or(line).parse::<AsnId>() {
        let code = id.to_string();
        let is_known = entries.iter().any(|(known, _)| *known == code);
        return is_known
            .then_some(id)
            .ok_or_else(|| format!("ID {code} tidak ada dalam referensi."));
    }
    let typed = line.to_lowercase();
    let named = entries
        .iter()
        .filter(|(_, name)| name.to_lowercase() == typed);
    let named: Vec<&str> = named.map(|(code, _)| code.as_str()).collect();
    match named[..] {
        [code] => {
            let id = code.parse().ok();
            id.ok_or_else(|| unknown(line, &typed, entries))
        }
        [] => Err(unknown(line, &typed, entries)),
        _ => Err(format!(
            "\"{line}\" adalah nama beberapa kode. Tulis ID-nya: {}.",
            named.join(" atau ")
        )),
    }
}

fn unknown(line: &str, typed: &str, entries: &[(String, String)]) -> String {
    let line: String = line.chars().take(80).collect();
    let begins = entries.iter().map(|(_, name)| name.as_str());
    let meant: Vec<_> = begins
        .filter(|name| name.to_lowercase().starts_with(typed))
        .take(CANDIDATES)
        .collect();
    if meant.is_empty() {
        format!("\"{line}\" tidak ada dalam referensi. Tulis nama lengkap atau ID-nya.")
    } else {
        format!(
            "\"{line}\" bukan nama lengkap. Tulis satu per baris, misalnya: {}.",
            meant.join("; ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Vec<(String, String)> {
        let entry = |code: &str, name: &str| (code.to_owned(), name.to_owned());
        vec![
            entry(
                "A5EB03E24057F6A0E040640A040252AD",
                "Widyaiswara Ahli Pertama",
            ),
            entry("A5EB03E24056F6A0E040640A040252AD", "Widyaiswara Ahli Muda"),
        ]
    }

    #[test]
    fn a_line_is_an_id_in_any_form_or_a_whole_name() {
        let muda = "A5EB03E24056F6A0E040640A040252AD".parse().unwrap();
        for line in [
            "widyaiswara ahli muda",
            "a5eb03e24056f6a0e040640a040252ad",
            "A5EB03E2-4056-F6A0-E040-640A040252AD",
        ] {
            assert_eq!(read_line(line, &entries()), Ok(muda));
        }
    }

    #[test]
    fn a_name_that_several_codes_bear_is_told_with_their_ids_and_kept_apart() {
        let mut entries = entries();
        let twin = "A5EB03E24055F6A0E040640A040252AD";
        entries.push((twin.to_owned(), "Widyaiswara Ahli Muda".to_owned()));
        let sentence = read_line("Widyaiswara Ahli Muda", &entries).unwrap_err();
        assert!(sentence.contains("A5EB03E24056F6A0E040640A040252AD atau A5EB03E24055"));
        let twin = twin.parse().unwrap();
        let line = line_of(&entries, twin);
        assert_eq!(
            line,
            "Widyaiswara Ahli Muda [A5EB03E24055F6A0E040640A040252AD]"
        );
        assert_eq!(read_line(&line, &entries), Ok(twin));
    }

    #[test]
    fn half_a_name_is_answered_with_the_names_that_begin_so() {
        let sentence = read_line("Widyaiswara", &entries()).unwrap_err();
        assert!(sentence.contains("Widyaiswara Ahli Pertama; Widyaiswara Ahli Muda"));
        let sentence = read_line("Guru", &entries()).unwrap_err();
        assert!(sentence.contains("tidak ada dalam referensi"));
        let sentence = read_line(&"0".repeat(32), &entries()).unwrap_err();
        assert!(sentence.contains("tidak ada dalam referensi"));
    }
}
