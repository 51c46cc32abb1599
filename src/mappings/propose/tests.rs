//! Proposals, and what holds of any titles.

use proptest::prelude::*;

use super::*;

fn titles() -> Titles {
    let entry = |code: &str, name: &str| (code.to_owned(), name.to_owned());
    Titles::of(vec![
        entry(
            "A1",
            "Pengawas Penyelenggaraan Urusan Pemerintahan Daerah Ahli Muda",
        ),
        entry(
            "A2",
            "Pengawas Penyelenggaraan Urusan Pemerintahan Daerah Ahli Madya",
        ),
        entry("B1", "WIDYAISWARA  AHLI UTAMA"),
        entry("C1", "Auditor Ahli Muda"),
        entry("C2", "Auditor Muda"),
    ])
}

fn named(name: &str) -> Received {
    Received {
        code: "X-1".into(),
        name: name.into(),
        ..Received::default()
    }
}

fn proposed(name: &str) -> Option<(String, Ground)> {
    let proposal = titles().propose(&named(name))?;
    Some((proposal.code, proposal.ground))
}

#[test]
fn the_code_that_a_partner_names_goes_before_any_title() {
    let received = Received {
        bkn_code: Some("a2".into()),
        ..named("Widyaiswara Ahli Utama")
    };
    let proposal = titles().propose(&received).unwrap();
    assert_eq!(
        (proposal.code.as_str(), proposal.ground),
        ("A2", Ground::Code)
    );
    let own = Received {
        code: " b1".into(),
        ..named("Sesuatu")
    };
    assert_eq!(titles().propose(&own).unwrap().code, "B1");
}

#[test]
fn the_same_title_is_found_in_any_case_and_with_or_without_ahli() {
    let same = Some(("B1".to_owned(), Ground::Title));
    assert_eq!(proposed("widyaiswara utama"), same);
    assert_eq!(proposed("Widyaiswara, Ahli Utama."), same);
}

#[test]
fn a_title_that_two_codes_bear_is_only_near() {
    assert_eq!(
        proposed("Auditor Ahli Muda"),
        Some(("C1".to_owned(), Ground::Near))
    );
}

#[test]
fn the_nearest_title_of_the_same_level_is_proposed() {
    let near = Some(("A2".to_owned(), Ground::Near));
    assert_eq!(proposed("Pengawas Urusan Pemerintahan Daerah Madya"), near);
    assert_eq!(proposed("Widyaiswara Ahli Muda"), None);
    assert_eq!(proposed("Pranata Komputer Mahir"), None);
}

#[test]
fn the_title_of_earlier_nomenclature_helps_where_the_new_one_does_not() {
    let received = Received {
        former_name: Some("Widyaiswara Utama".into()),
        ..named("Pelatih Aparatur")
    };
    assert_eq!(titles().propose(&received).unwrap().code, "B1");
}

#[test]
fn the_most_alike_come_first() {
    let like = titles().like("Auditor Muda", 3);
    assert_eq!(like.len(), 3);
    assert_eq!(like[0], ("C1".to_owned(), 100));
    assert!(like[1].1 >= like[2].1);
}

proptest! {
    #[test]
    fn likeness_is_between_0_and_100_the_same_both_ways_and_full_for_itself(
        a in "\\PC{0,40}", b in "\\PC{0,40}"
    ) {
        let (one, other) = (Title::of(&a), Title::of(&b));
        let likeness = one.likeness(&other);
        prop_assert!((0..=100).contains(&likeness));
        prop_assert_eq!(likeness, other.likeness(&one));
        prop_assert_eq!(one.likeness(&one), 100);
    }

    #[test]
    fn case_blanks_and_signs_do_not_count(words in prop::collection::vec("[a-z]{1,8}", 1..6)) {
        let plain = Title::of(&words.join(" "));
        let dressed = Title::of(&format!(" {}. ", words.join("  - ").to_uppercase()));
        prop_assert_eq!(plain, dressed);
    }

    #[test]
    fn no_title_of_another_level_is_ever_proposed(
        stem in "[a-z]{4,12}( [a-z]{4,12}){0,3}", levels in (0_usize..8, 0_usize..8)
    ) {
        let title = |at: usize| format!("{stem} {}", LEVELS[at]);
        let list = Titles::of(vec![("Z9".to_owned(), title(levels.0))]);
        let proposal = list.propose(&named(&title(levels.1)));
        prop_assert_eq!(proposal.is_some(), levels.0 == levels.1);
    }

    #[test]
    fn what_is_proposed_is_in_the_list_and_alike_enough(
        names in prop::collection::vec("\\PC{0,20}", 0..8), asked in "\\PC{0,20}"
    ) {
        let list: Vec<_> = (0..).zip(&names).map(|(at, name)| (format!("K{at}"), name.clone())).collect();
        if let Some(proposal) = Titles::of(list.clone()).propose(&named(&asked)) {
            prop_assert!(list.iter().any(|(code, _)| *code == proposal.code));
            prop_assert!(proposal.likeness >= LEAST);
        }
    }
}
