//! The tables, the same on both databases. A test loads each of them.
#![allow(missing_docs)]

diesel::table! {
    institutions (id) {
        id -> Text,
        kind -> Text,
        name -> Text,
        short_name -> Text,
        reference_code -> Nullable<Text>,
        search_text -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    audit_events (sequence) {
        sequence -> BigInt,
        at -> Timestamp,
        actor -> Text,
        institution_id -> Nullable<Text>,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        detail -> Text,
        previous_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    audit_head (id) {
        id -> Integer,
        sequence -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    files (id) {
        id -> Text,
        sha256 -> Text,
        size -> BigInt,
        name -> Text,
        media_type -> Text,
        stored_at -> Timestamp,
    }
}

diesel::table! {
    jobs (id) {
        id -> Text,
        kind -> Text,
        subject -> Text,
        created_at -> Timestamp,
        run_after -> Timestamp,
        attempts -> Integer,
        claimed_until -> Nullable<Timestamp>,
        claim -> Nullable<Text>,
        finished_at -> Nullable<Timestamp>,
        failed_at -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
    }
}

diesel::table! {
    counters (name) {
        name -> Text,
        value -> BigInt,
    }
}

diesel::table! {
    accounts (id) {
        id -> Text,
        institution_id -> Text,
        nip -> Text,
        name -> Text,
        email -> Text,
        role -> Text,
        password_hash -> Nullable<Text>,
        password_set_at -> Nullable<Timestamp>,
        confidentiality_accepted_at -> Nullable<Timestamp>,
        search_text -> Text,
        created_at -> Timestamp,
        deactivated_at -> Nullable<Timestamp>,
        deactivation_reason -> Nullable<Text>,
        form_key -> Nullable<Text>,
    }
}

diesel::table! {
    account_links (id) {
        id -> Text,
        account_id -> Text,
        token_hash -> Text,
        purpose -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sessions (key_hash) {
        key_hash -> Text,
        account_id -> Nullable<Text>,
        state -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
    }
}

diesel::table! {
    sign_in_attempts (id) {
        id -> Text,
        nip_hash -> Text,
        address -> Text,
        at -> Timestamp,
        succeeded -> Bool,
    }
}

diesel::table! {
    mails (id) {
        id -> Text,
        message_id -> Text,
        kind -> Text,
        institution_id -> Nullable<Text>,
        recipient_name -> Text,
        recipient -> Text,
        subject -> Text,
        body_text -> Text,
        body_html -> Text,
        secret -> Nullable<Text>,
        search_text -> Text,
        created_at -> Timestamp,
        run_after -> Timestamp,
        attempts -> Integer,
        claimed_until -> Nullable<Timestamp>,
        claim -> Nullable<Text>,
        sent_at -> Nullable<Timestamp>,
        failed_at -> Nullable<Timestamp>,
        last_response -> Nullable<Text>,
        handed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    mail_attempts (mail_id, claim) {
        mail_id -> Text,
        claim -> Text,
        started_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        outcome -> Nullable<Text>,
        response -> Nullable<Text>,
    }
}

diesel::table! {
    agreements (id) {
        id -> Text,
        institution_id -> Text,
        partner_number -> Text,
        bkn_number -> Text,
        title -> Text,
        signed_on -> Date,
        term_months -> Integer,
        recorded_end -> Nullable<Date>,
        ended_on -> Nullable<Date>,
        text_complete -> Bool,
        succeeds_id -> Nullable<Text>,
        search_text -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    clauses (id) {
        id -> Text,
        agreement_id -> Text,
        kind -> Text,
        amount -> Nullable<Integer>,
        unit -> Nullable<Text>,
        per_months -> Nullable<Integer>,
        anchor -> Nullable<Text>,
        side -> Nullable<Text>,
        article -> Text,
        page -> Nullable<Integer>,
        summary -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
        checked_by -> Nullable<Text>,
        checked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    grants (id) {
        id -> Text,
        agreement_id -> Text,
        dataset -> Text,
        direction -> Text,
        fields -> Nullable<Text>,
        population -> Text,
        article -> Text,
        page -> Nullable<Integer>,
        addendum -> Nullable<Text>,
        valid_from -> Date,
    }
}

diesel::table! {
    correspondents (id) {
        id -> Text,
        agreement_id -> Text,
        side -> Text,
        office -> Text,
        email -> Text,
        article -> Text,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
    }
}

diesel::table! {
    reference_lists (name) {
        name -> Text,
        title -> Text,
        current_version -> Integer,
    }
}

diesel::table! {
    reference_versions (list, number) {
        list -> Text,
        number -> Integer,
        label -> Text,
        source -> Text,
        taken_by -> Text,
        taken_at -> Timestamp,
        codes -> BigInt,
        added -> BigInt,
        changed -> BigInt,
        ended -> BigInt,
    }
}

diesel::table! {
    reference_codes (list, code, since) {
        list -> Text,
        code -> Text,
        since -> Integer,
        until -> Nullable<Integer>,
        name -> Text,
        attributes -> Text,
        replaced_by -> Nullable<Text>,
        search_text -> Text,
    }
}

diesel::table! {
    reference_imports (id) {
        id -> Text,
        form_key -> Text,
        list -> Text,
        title -> Text,
        label -> Text,
        source -> Text,
        base_version -> Integer,
        file_name -> Text,
        staged_by -> Text,
        staged_at -> Timestamp,
        codes -> BigInt,
        added -> BigInt,
        changed -> BigInt,
        ended -> BigInt,
        repeated -> BigInt,
        taken_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    reference_changes (import_id, position) {
        import_id -> Text,
        position -> Integer,
        kind -> Text,
        code -> Text,
        name -> Text,
        previous_name -> Nullable<Text>,
        attributes -> Text,
        replaced_by -> Nullable<Text>,
    }
}

diesel::table! {
    submission_references (version_id, list) {
        version_id -> Text,
        list -> Text,
        number -> Integer,
    }
}

diesel::table! {
    register_people (number) {
        number -> Integer,
        id_pns -> Text,
        nip -> Text,
        name -> Text,
        birth_place -> Nullable<Text>,
        birth_date -> Nullable<Date>,
        sex -> Nullable<Text>,
        email -> Nullable<Text>,
        appointed_on -> Nullable<Date>,
        phone -> Nullable<Text>,
        education_code -> Nullable<Text>,
        institution_code -> Text,
        workplace_code -> Nullable<Text>,
        unit_code -> Nullable<Text>,
        position_kind -> Nullable<Text>,
        executive_code -> Nullable<Text>,
        position_code -> Nullable<Text>,
        place_code -> Nullable<Text>,
        rank_code -> Nullable<Text>,
    }
}

diesel::table! {
    register_units (id) {
        id -> Text,
        name -> Text,
        institution_code -> Text,
        institution_name -> Nullable<Text>,
        parent -> Nullable<Text>,
        search_text -> Text,
    }
}

diesel::table! {
    register_records (dataset, record_key) {
        dataset -> Text,
        record_key -> Text,
        id_pns -> Text,
        effective_on -> Nullable<Date>,
        cells -> Text,
    }
}

diesel::table! {
    register_imports (id) {
        id -> Text,
        form_key -> Text,
        dataset -> Text,
        file_name -> Text,
        file_id -> Nullable<Text>,
        sha256 -> Text,
        size -> BigInt,
        started_by -> Text,
        started_at -> Timestamp,
        position -> BigInt,
        rows_done -> BigInt,
        added -> BigInt,
        changed -> BigInt,
        unchanged -> BigInt,
        rejected -> BigInt,
        finished_at -> Nullable<Timestamp>,
        failure -> Nullable<Text>,
        as_of -> Nullable<Date>,
        run_began_at -> Nullable<Timestamp>,
        run_began_position -> BigInt,
        complete -> Bool,
        removed -> BigInt,
    }
}

diesel::table! {
    register_reject_counts (import_id, field, reason) {
        import_id -> Text,
        field -> Text,
        reason -> Text,
        held -> BigInt,
    }
}

diesel::table! {
    register_rejects (import_id, row_number) {
        import_id -> Text,
        row_number -> BigInt,
        field -> Text,
        reason -> Text,
        value -> Text,
    }
}

diesel::table! {
    deliveries (id) {
        id -> Text,
        agreement_id -> Text,
        description -> Text,
        received_on -> Date,
        evidence -> Text,
        form_key -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    submissions (id) {
        id -> Text,
        number -> Text,
        institution_id -> Text,
        agreement_id -> Text,
        dataset -> Text,
        delivery_id -> Nullable<Text>,
        created_by -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    submission_versions (id) {
        id -> Text,
        submission_id -> Text,
        version -> Integer,
        file_id -> Text,
        form_key -> Text,
        uploaded_by -> Text,
        uploaded_at -> Timestamp,
        rows_total -> Nullable<BigInt>,
        rows_done -> BigInt,
        rows_ready -> BigInt,
        rows_warned -> BigInt,
        rows_blocked -> BigInt,
        check_started_at -> Nullable<Timestamp>,
        checked_at -> Nullable<Timestamp>,
        refusal -> Nullable<Text>,
        summary -> Nullable<Text>,
        cancelled_at -> Nullable<Timestamp>,
        sent_at -> Nullable<Timestamp>,
        sent_by -> Nullable<Text>,
        sent_rows -> Nullable<BigInt>,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
        decision -> Nullable<Text>,
        decision_reason -> Nullable<Text>,
        check_millis -> Nullable<BigInt>,
        merges_into -> Nullable<Integer>,
        part_file_id -> Nullable<Text>,
        merge_report -> Nullable<Text>,
    }
}

diesel::table! {
    submission_rows (version_id, row_number) {
        version_id -> Text,
        row_number -> Integer,
        cells -> Text,
        verdict -> Text,
        outcome -> Nullable<Text>,
        row_key -> Nullable<BigInt>,
    }
}

diesel::table! {
    row_findings (version_id, position) {
        version_id -> Text,
        position -> BigInt,
        row_number -> Integer,
        file_column -> Nullable<Integer>,
        field -> Text,
        code -> Text,
        severity -> Text,
        value -> Text,
        params -> Text,
    }
}

diesel::table! {
    finding_totals (version_id, code, field) {
        version_id -> Text,
        code -> Text,
        field -> Text,
        severity -> Text,
        findings -> BigInt,
        rows -> BigInt,
    }
}

diesel::table! {
    warning_reasons (version_id, code, field) {
        version_id -> Text,
        code -> Text,
        field -> Text,
        reason -> Text,
    }
}

diesel::table! {
    version_progress (version_id) {
        version_id -> Text,
        before_version -> Integer,
        wrong_before -> BigInt,
        mended -> BigInt,
        remaining -> BigInt,
        gone -> BigInt,
        fresh -> BigInt,
    }
}

diesel::table! {
    finding_progress (version_id, code, field) {
        version_id -> Text,
        code -> Text,
        field -> Text,
        mended -> BigInt,
        remaining -> BigInt,
        fresh -> BigInt,
    }
}

diesel::table! {
    row_corrections (version_id, row_number) {
        version_id -> Text,
        row_number -> Integer,
        reason -> Text,
        asked_by -> Text,
        asked_at -> Timestamp,
    }
}

diesel::table! {
    request_letters (id) {
        id -> Text,
        agreement_id -> Text,
        number -> Text,
        sent_on -> Date,
        delivered_on -> Nullable<Date>,
        confirmed_on -> Nullable<Date>,
        form_key -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    reports (id) {
        id -> Text,
        agreement_id -> Text,
        letter_id -> Text,
        file_id -> Text,
        form_key -> Text,
        note -> Text,
        filed_by -> Text,
        filed_at -> Timestamp,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
        decision -> Nullable<Text>,
        decision_reason -> Nullable<Text>,
    }
}

diesel::table! {
    suspensions (id) {
        id -> Text,
        agreement_id -> Text,
        institution_id -> Text,
        article -> Text,
        reason -> Text,
        memo_number -> Text,
        internal_note -> Text,
        form_key -> Text,
        started_at -> Timestamp,
        started_by -> Text,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
        end_reason -> Nullable<Text>,
        end_memo_number -> Nullable<Text>,
        end_note -> Nullable<Text>,
        end_form_key -> Nullable<Text>,
    }
}

diesel::table! {
    disclosures (id) {
        id -> Text,
        agreement_id -> Text,
        dataset -> Text,
        fields -> Text,
        via -> Text,
        people -> BigInt,
        made_at -> Timestamp,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    disclosed_people (disclosure_id, id_pns) {
        disclosure_id -> Text,
        id_pns -> Text,
        nip -> Text,
    }
}

diesel::table! {
    disclosure_accesses (id) {
        id -> Text,
        disclosure_id -> Text,
        account_id -> Text,
        form -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    lookups (id) {
        id -> Text,
        institution_id -> Text,
        account_id -> Text,
        agreement_id -> Text,
        dataset -> Text,
        kind -> Text,
        found -> Bool,
        purpose -> Text,
        disclosure_id -> Nullable<Text>,
        at -> Timestamp,
        refused -> Bool,
    }
}

diesel::table! {
    disclosure_traces (id) {
        id -> Text,
        account_id -> Text,
        id_pns -> Nullable<Text>,
        reason -> Text,
        found -> BigInt,
        form -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    row_keys (version_id, row_key, row_number) {
        version_id -> Text,
        row_key -> BigInt,
        row_number -> Integer,
    }
}

diesel::table! {
    register_holdings (dataset) {
        dataset -> Text,
        held -> BigInt,
        import_id -> Nullable<Text>,
    }
}

diesel::table! {
    mappings (id) {
        id -> Text,
        institution_id -> Text,
        code -> Text,
        form -> Text,
        name -> Text,
        former_name -> Nullable<Text>,
        proposed -> Nullable<Text>,
        ground -> Nullable<Text>,
        likeness -> Integer,
        state -> Text,
        bkn_code -> Nullable<Text>,
        revision -> Integer,
        received_in -> Text,
        received_at -> Timestamp,
        search_text -> Text,
    }
}

diesel::table! {
    mapping_decisions (mapping_id, revision) {
        mapping_id -> Text,
        revision -> Integer,
        state -> Text,
        bkn_code -> Nullable<Text>,
        note -> Nullable<Text>,
        decided_by -> Text,
        decided_at -> Timestamp,
    }
}

diesel::table! {
    rule_decisions (id) {
        id -> Text,
        form_key -> Text,
        dataset -> Text,
        rule -> Text,
        stage -> Text,
        valid_from -> Date,
        reason -> Text,
        decided_by -> Text,
        decided_at -> Timestamp,
    }
}

diesel::table! {
    rule_sets (dataset, number) {
        dataset -> Text,
        number -> Integer,
        since -> Timestamp,
        fingerprint -> Text,
        rules -> Text,
        declaration -> Text,
    }
}

diesel::table! {
    submission_rule_sets (version_id) {
        version_id -> Text,
        number -> Integer,
    }
}

diesel::table! {
    version_rechecks (version_id) {
        version_id -> Text,
        of_version -> Integer,
    }
}

diesel::table! {
    rehearsals (id) {
        id -> Text,
        form_key -> Text,
        dataset -> Text,
        rule -> Text,
        checked_from -> Date,
        asked_by -> Text,
        asked_at -> Timestamp,
        rule_set -> Integer,
        versions_total -> BigInt,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    rehearsal_results (rehearsal_id, version_id) {
        rehearsal_id -> Text,
        version_id -> Text,
        rows_total -> BigInt,
        rows_hit -> BigInt,
        rows_hit_anew -> BigInt,
        examples -> Text,
    }
}

diesel::table! {
    rechecks (id) {
        id -> Text,
        form_key -> Text,
        version_id -> Text,
        asked_by -> Text,
        asked_at -> Timestamp,
        rule_set -> Integer,
        finished_at -> Nullable<Timestamp>,
        outcome -> Nullable<Text>,
    }
}

diesel::table! {
    drafts (id) {
        id -> Text,
        institution_id -> Text,
        agreement_id -> Text,
        dataset -> Text,
        submission_id -> Nullable<Text>,
        base_version -> Nullable<Integer>,
        created_by -> Text,
        created_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
        discarded_at -> Nullable<Timestamp>,
        version_id -> Nullable<Text>,
        changes -> BigInt,
        file_id -> Nullable<Text>,
    }
}

diesel::table! {
    draft_rows (draft_id, row_number) {
        draft_id -> Text,
        row_number -> Integer,
        revision -> Integer,
        is_removed -> Bool,
        verdict -> Nullable<Text>,
        edited_by -> Text,
        edited_at -> Timestamp,
    }
}

diesel::table! {
    draft_cells (draft_id, row_number, field) {
        draft_id -> Text,
        row_number -> Integer,
        field -> Text,
        before -> Text,
        value -> Text,
        origin -> Text,
    }
}

diesel::table! {
    publications (id) {
        id -> Text,
        number -> Text,
        agreement_id -> Text,
        dataset -> Text,
        fields -> Text,
        population -> Text,
        article -> Text,
        as_of -> Date,
        counts_from -> Nullable<Date>,
        counts_until -> Nullable<Date>,
        form_key -> Text,
        published_by -> Text,
        published_at -> Timestamp,
        disclosure_id -> Nullable<Text>,
        file_id -> Nullable<Text>,
        row_count -> Nullable<BigInt>,
        people -> Nullable<BigInt>,
        made_at -> Nullable<Timestamp>,
        failed_at -> Nullable<Timestamp>,
        withdrawn_at -> Nullable<Timestamp>,
        withdrawn_by -> Nullable<Text>,
        withdrawal_reason -> Nullable<Text>,
        received_at -> Nullable<Timestamp>,
        received_by -> Nullable<Text>,
        receipt -> Nullable<Text>,
        data_as_of -> Nullable<Date>,
    }
}

diesel::table! {
    taken_rows (row_key, agreement_id, dataset) {
        agreement_id -> Text,
        dataset -> Text,
        row_key -> BigInt,
        version_id -> Text,
        row_number -> Integer,
    }
}

diesel::table! {
    delivery_plans (id) {
        id -> Text,
        agreement_id -> Text,
        dataset -> Text,
        every_months -> Integer,
        day_of_month -> Integer,
        covers -> Text,
        article -> Text,
        starts_on -> Date,
        next_on -> Date,
        paused_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        form_key -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    delivery_plan_changes (id) {
        id -> Text,
        plan_id -> Text,
        deed -> Text,
        reason -> Text,
        made_by -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    delivery_periods (plan_id, due_on) {
        plan_id -> Text,
        due_on -> Date,
        counts_from -> Nullable<Date>,
        counts_until -> Nullable<Date>,
        outcome -> Text,
        publication_id -> Nullable<Text>,
        noted_at -> Timestamp,
    }
}

diesel::table! {
    feedback_statements (id) {
        id -> Text,
        delivery_id -> Text,
        half -> Text,
        wording -> Text,
        form_key -> Text,
        signed_by -> Text,
        signed_at -> Timestamp,
    }
}

diesel::joinable!(accounts -> institutions (institution_id));
diesel::joinable!(account_links -> accounts (account_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(mail_attempts -> mails (mail_id));
diesel::joinable!(agreements -> institutions (institution_id));
diesel::joinable!(clauses -> agreements (agreement_id));
diesel::joinable!(grants -> agreements (agreement_id));
diesel::joinable!(correspondents -> agreements (agreement_id));
diesel::joinable!(reference_codes -> reference_lists (list));
diesel::joinable!(reference_versions -> reference_lists (list));
diesel::joinable!(reference_changes -> reference_imports (import_id));
diesel::joinable!(submission_references -> submission_versions (version_id));
diesel::joinable!(register_rejects -> register_imports (import_id));
diesel::joinable!(register_reject_counts -> register_imports (import_id));
diesel::joinable!(deliveries -> agreements (agreement_id));
diesel::joinable!(submissions -> institutions (institution_id));
diesel::joinable!(submissions -> agreements (agreement_id));
diesel::joinable!(submissions -> deliveries (delivery_id));
diesel::joinable!(submissions -> accounts (created_by));
diesel::joinable!(submission_versions -> submissions (submission_id));
diesel::joinable!(submission_versions -> files (file_id));
diesel::joinable!(submission_rows -> submission_versions (version_id));
diesel::joinable!(row_findings -> submission_versions (version_id));
diesel::joinable!(finding_totals -> submission_versions (version_id));
diesel::joinable!(warning_reasons -> submission_versions (version_id));
diesel::joinable!(version_progress -> submission_versions (version_id));
diesel::joinable!(finding_progress -> submission_versions (version_id));
diesel::joinable!(row_corrections -> submission_versions (version_id));
diesel::joinable!(row_corrections -> accounts (asked_by));
diesel::joinable!(request_letters -> agreements (agreement_id));
diesel::joinable!(reports -> agreements (agreement_id));
diesel::joinable!(reports -> request_letters (letter_id));
diesel::joinable!(reports -> files (file_id));
diesel::joinable!(suspensions -> agreements (agreement_id));
diesel::joinable!(suspensions -> institutions (institution_id));
diesel::joinable!(disclosures -> agreements (agreement_id));
diesel::joinable!(disclosed_people -> disclosures (disclosure_id));
diesel::joinable!(disclosure_accesses -> disclosures (disclosure_id));
diesel::joinable!(disclosure_accesses -> accounts (account_id));
diesel::joinable!(lookups -> institutions (institution_id));
diesel::joinable!(lookups -> accounts (account_id));
diesel::joinable!(disclosure_traces -> accounts (account_id));
diesel::joinable!(register_holdings -> register_imports (import_id));
diesel::joinable!(mappings -> institutions (institution_id));
diesel::joinable!(mapping_decisions -> mappings (mapping_id));
diesel::joinable!(mapping_decisions -> accounts (decided_by));
diesel::joinable!(rule_decisions -> accounts (decided_by));
diesel::joinable!(submission_rule_sets -> submission_versions (version_id));
diesel::joinable!(rehearsals -> accounts (asked_by));
diesel::joinable!(rehearsal_results -> rehearsals (rehearsal_id));
diesel::joinable!(rechecks -> submission_versions (version_id));
diesel::joinable!(rechecks -> accounts (asked_by));
diesel::joinable!(rehearsal_results -> submission_versions (version_id));
diesel::joinable!(draft_rows -> drafts (draft_id));
diesel::joinable!(draft_cells -> drafts (draft_id));
diesel::joinable!(draft_rows -> accounts (edited_by));
diesel::joinable!(publications -> agreements (agreement_id));
diesel::joinable!(publications -> files (file_id));
diesel::joinable!(delivery_plans -> agreements (agreement_id));
diesel::joinable!(delivery_periods -> publications (publication_id));
diesel::joinable!(feedback_statements -> deliveries (delivery_id));
diesel::joinable!(feedback_statements -> accounts (signed_by));

diesel::allow_tables_to_appear_in_same_query!(
    institutions,
    audit_events,
    audit_head,
    files,
    jobs,
    counters,
    accounts,
    account_links,
    sessions,
    sign_in_attempts,
    mails,
    mail_attempts,
    agreements,
    clauses,
    grants,
    correspondents,
    reference_lists,
    reference_versions,
    reference_codes,
    reference_imports,
    reference_changes,
    submission_references,
    register_people,
    register_units,
    register_records,
    register_imports,
    register_rejects,
    register_reject_counts,
    deliveries,
    submissions,
    submission_versions,
    submission_rows,
    row_findings,
    finding_totals,
    warning_reasons,
    version_progress,
    finding_progress,
    row_corrections,
    request_letters,
    reports,
    suspensions,
    disclosures,
    disclosed_people,
    disclosure_accesses,
    lookups,
    disclosure_traces,
    row_keys,
    register_holdings,
    mappings,
    mapping_decisions,
    rule_decisions,
    rule_sets,
    submission_rule_sets,
    version_rechecks,
    rehearsals,
    rehearsal_results,
    rechecks,
    drafts,
    draft_rows,
    draft_cells,
    publications,
    taken_rows,
    delivery_plans,
    delivery_plan_changes,
    delivery_periods,
    feedback_statements,
);
