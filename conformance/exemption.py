"""Which checks are put to the oracle, and which are exempt by name: those that need more than HTTP to scenario root.

Whatever starts `python scenario.py` or an external server needs more by that alone and is not listed. A forked check is
put to the oracle when it asks for `root`, and for neither `target` nor `variant`, which an oracle has not; every other
is in EXEMPT, by a deliberate act: `laws` finds one that is not, and a name that need not or cannot be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from conformance.check import Check
from conformance.variant import Start

# The reason, and the checks that are exempt for it.
EXEMPT: Mapping[str, tuple[str, ...]] = {
    "It calls functions of a scenario in a fresh process: there is no HTTP in it.": (
        "test_application.py::test_a_second_call_returns_the_same_object_and_registers_nothing_twice",
        "test_async.py::test_django_gives_a_wsgi_application_unless_it_is_asked_for_an_asgi_one",
        "test_async.py::test_an_async_def_endpoint_is_refused_when_the_application_is_built",
        "test_async.py::test_an_async_def_hook_is_refused_when_the_application_is_built",
        "test_backend.py::test_an_injected_application_is_the_object_that_application_returns",
        "test_backend.py::test_a_handler_of_the_other_kind_is_an_error",
        "test_backend.py::test_an_application_class_in_place_of_an_instance_is_an_error",
        "test_backend.py::test_a_backend_of_another_package_plugs_in",
        "test_cache.py::test_each_alias_of_the_mapping_is_in_djangos_caches",
        "test_cache.py::test_a_redis_is_djangos_redis_cache_at_its_address",
        "test_cache.py::test_an_engine_is_a_class_path_or_djangos_short_name",
        "test_cache.py::test_djangocache_and_cache_are_one_class",
        "test_cache.py::test_the_keywords_of_a_cache_are_djangos_settings",
        "test_cache.py::test_an_alias_leads_to_the_object_that_was_given",
        "test_cache.py::test_every_operation_gives_what_it_gives_in_django",
        "test_cache.py::test_every_operation_gives_the_same_in_async",
        "test_cache.py::test_a_redis_is_used_from_one_event_loop_after_the_other",
        "test_cache.py::test_what_is_written_in_one_way_is_read_in_every_other",
        "test_cache.py::test_a_forked_process_uses_the_redis_and_its_parent_goes_on",
        "test_cache.py::test_a_lock_has_one_owner",
        "test_cache.py::test_a_lock_has_one_owner_in_async",
        "test_cache.py::test_a_cache_that_is_down_keeps_no_service_from_being_built",
        "test_django.py::test_keywords_reach_the_settings_that_they_stand_for",
        "test_django.py::test_every_app_directly_in_a_package_is_found_and_nothing_else",
        "test_django.py::test_the_module_that_is_named_is_the_settings_module",
        "test_django.py::test_a_settings_module_that_is_not_there_is_named",
        "test_django.py::test_a_module_that_the_environment_names_is_the_settings_module",
        "test_django.py::test_the_live_module_of_the_service_is_the_settings_module",
        "test_django.py::test_a_keyword_wins_over_the_settings_module",
        "test_django.py::test_the_settings_module_wins_over_defaults",
        "test_django.py::test_two_sources_that_contradict_each_other_are_an_error_naming_both",
        "test_django.py::test_settings_that_the_user_has_configured_stay_in_force",
        "test_django.py::test_what_cannot_be_applied_any_more_is_an_error_that_says_so",
        "test_django.py::test_the_command_shows_each_setting_that_differs_with_its_source",
        "test_django.py::test_the_command_shows_no_secret",
        "test_django.py::test_the_command_names_a_reference_that_leads_nowhere",
        "test_django.py::test_in_production_a_missing_secret_key_is_an_error_with_the_cure",
        "test_django.py::test_in_development_all_workers_and_later_runs_have_the_same_random_key",
        "test_django.py::test_a_key_is_derived_from_nothing",
        "test_django.py::test_the_key_is_kept_for_its_user_alone_in_the_state_directory",
        "test_django.py::test_production_is_a_setting",
        "test_django.py::test_models_import_after_setup_and_not_before",
        "test_django.py::test_setup_configures_django_with_and_without_its_settings",
        "test_hook.py::test_a_hook_decorator_returns_the_function_unchanged",
        "test_hook.py::test_what_is_not_callable_is_no_hook",
        "test_preference.py::test_an_annotation_that_is_no_type_is_refused_when_the_application_is_built",
        "test_preference.py::test_a_missing_dependency_is_installed_where_a_person_starts_the_service",
        "test_preference.py::test_the_command_that_installs_it_is_printed",
        "test_preference.py::test_nothing_is_installed_in_production_or_by_who_imports_the_service",
        "test_preference.py::test_where_it_is_disabled_nothing_is_installed_and_the_error_says_what_to",
        "test_route.py::test_two_endpoints_with_one_method_and_path_are_refused",
        "test_route.py::test_two_endpoints_with_one_path_and_two_methods_are_not_refused",
        "test_service.py::test_the_first_argument_is_the_module_where_a_bare_reference_is_looked_up",
        "test_service.py::test_a_second_argument_by_position_is_a_type_error",
        "test_service.py::test_an_unknown_keyword_is_a_type_error_naming_it",
        "test_service.py::test_leaving_the_backend_out_is_an_error",
        "test_service.py::test_an_unknown_backend_is_an_error_that_lists_the_supported_ones",
        "test_service.py::test_a_framework_that_is_not_installed_is_an_error_with_the_pip_command",
        "test_service.py::test_a_name_is_kept",
        "test_service.py::test_a_name_of_another_form_is_a_value_error",
        "test_service.py::test_without_a_name_it_is_the_project_directorys",
        "test_service.py::test_a_description_is_kept_as_it_was_given",
        "test_service.py::test_production_is_false_unless_given",
        "test_service.py::test_the_application_is_built_in_debug_mode_unless_in_production",
        "test_service.py::test_an_explicit_production_wins_over_an_injected_application",
        "test_service.py::test_without_production_an_injected_applications_own_flag_counts",
        "test_service.py::test_a_version_is_semantic_version_text",
        "test_service.py::test_a_version_of_another_type_is_a_type_error",
        "test_service.py::test_asynchronous_unset_is_the_frameworks_own_habit",
        "test_service.py::test_asynchronous_tells_what_was_given_and_never_changes",
        "test_service.py::test_an_api_of_another_kind_is_a_type_error",
        "test_service.py::test_a_reference_that_leads_nowhere_is_an_error_of_application_naming_it",
        "test_service.py::test_an_absolute_url_is_no_route",
        "test_service.py::test_the_service_of_the_process_is_imported_from_utilmeta",
        "test_service.py::test_importing_the_service_too_early_is_an_import_error_that_says_so",
        "test_service.py::test_a_second_service_is_an_error_and_the_first_stays_in_force",
        "test_time.py::test_an_unknown_zone_is_an_error_at_once",
        "test_time.py::test_iana_names_are_taken_where_the_machine_has_no_zone_data",
        "test_time.py::test_django_is_told_the_same",
    ),
    "It is about another scenario than root, or root with settings of its own.": (
        "test_application.py::test_without_an_api_every_path_is_not_found",
        "test_application.py::test_hello_world_answers_as_the_page_says",
        "test_async.py::test_an_async_def_endpoint_is_awaited",
        "test_async.py::test_an_async_def_endpoint_uses_what_an_async_def_hook_has_opened",
        "test_async.py::test_an_async_def_hook_is_awaited_to_its_end",
        "test_async.py::test_a_coroutine_that_a_plain_endpoint_returns_is_awaited_or_an_error",
        "test_async.py::test_forty_plain_endpoints_that_sleep_keep_no_other_request_waiting",
        "test_async.py::test_async_def_endpoints_run_in_the_thread_of_the_servers_loop",
        "test_async.py::test_async_def_endpoints_share_one_loop_that_outlives_the_request",
        "test_async.py::test_a_startup_hook_opens_what_the_requests_after_it_use",
        "test_async.py::test_requests_that_meet_in_plain_endpoints_each_see_their_own",
        "test_async.py::test_requests_that_meet_in_endpoints_of_the_mode_each_see_their_own",
        "test_async.py::test_a_plain_hook_runs_off_the_event_loop",
        "test_async.py::test_djangos_orm_works_in_a_plain_hook",
        "test_backend.py::test_a_native_route_answers_its_path",
        "test_backend.py::test_a_native_template_answers_the_paths_it_matches_and_no_other",
        "test_backend.py::test_a_native_catch_all_is_asked_after_the_api",
        "test_backend.py::test_a_native_catch_all_takes_nothing_from_a_native_route",
        "test_backend.py::test_a_native_catch_all_answers_what_the_api_does_not_know",
        "test_backend.py::test_an_injected_application_keeps_its_settings",
        "test_backend.py::test_an_injected_application_keeps_its_error_handlers",
        "test_backend.py::test_an_injected_application_keeps_its_own_404_outside_the_root_route",
        "test_backend.py::test_inside_the_root_route_the_404_is_the_services",
        "test_backend.py::test_no_error_handler_of_the_application_takes_an_endpoints_exception",
        "test_backend.py::test_the_applications_lifespan_and_the_services_hooks_both_run",
        "test_backend.py::test_native_middleware_sees_a_request_and_its_response",
        "test_backend.py::test_native_middleware_adds_a_header_to_a_response",
        "test_backend.py::test_native_middleware_reads_the_body_that_the_endpoint_gets_whole",
        "test_backend.py::test_native_middleware_may_answer_in_place_of_the_api",
        "test_backend.py::test_every_request_gets_its_normative_answer",
        "test_cache.py::test_what_one_process_writes_to_a_redis_another_reads",
        "test_cache.py::test_a_slow_django_cache_keeps_no_other_request_waiting",
        "test_cache.py::test_a_cache_that_is_down_is_a_problem_in_time",
        "test_cache.py::test_the_error_of_a_cache_that_is_down_names_alias_and_address",
        "test_cache.py::test_a_cache_that_is_back_is_used_again",
        "test_cache.py::test_a_restart_that_nobody_noticed_is_no_error",
        "test_cache.py::test_a_wrong_password_is_an_error_naming_alias_and_address",
        "test_cache.py::test_a_lock_excludes_another_process_until_it_is_given_back",
        "test_cache.py::test_a_lock_expires_by_itself",
        "test_cache.py::test_a_late_owner_does_not_give_back_the_lock_of_the_next",
        "test_cache.py::test_no_password_shows_whatever_fails",
        "test_django.py::test_an_allowed_host_is_answered",
        "test_django.py::test_another_host_is_a_bad_request_before_the_endpoint",
        "test_django.py::test_without_allowed_hosts_what_nginx_passes_on_is_answered",
        "test_django.py::test_without_allowed_hosts_there_is_one_warning_in_production",
        "test_django.py::test_an_endpoint_uses_djangos_models",
        "test_django.py::test_middleware_runs_on_django_and_is_a_setting_elsewhere",
        "test_error.py::test_an_error_is_the_same_problem_in_production_as_in_development",
        "test_error.py::test_a_body_of_just_the_limit_is_taken",
        "test_error.py::test_a_length_past_the_limit_is_refused_before_the_body_is_read",
        "test_error.py::test_a_sent_body_past_the_limit_is_refused",
        "test_error.py::test_a_chunked_body_is_refused_when_it_has_passed_the_limit_and_goes_on",
        "test_error.py::test_the_limit_is_10_mebibytes_unless_given",
        "test_error.py::test_a_content_type_that_the_endpoint_does_not_take_is_refused",
        "test_error.py::test_a_json_body_is_taken_however_its_type_is_written",
        "test_error.py::test_a_body_that_does_not_parse_is_a_bad_request",
        "test_error.py::test_a_body_that_nobody_declared_is_not_parsed",
        "test_error.py::test_of_two_errors_the_earlier_one_wins",
        "test_error.py::test_a_query_that_is_not_utf8_wins_and_loses_as_any_bad_request",
        "test_error.py::test_of_all_errors_that_are_left_the_first_wins",
        "test_error.py::test_a_request_with_none_of_these_errors_is_answered",
        "test_error.py::test_in_production_nothing_of_an_exception_leaves_the_server",
        "test_error.py::test_the_log_has_the_whole_exception_with_the_request_id",
        "test_error.py::test_every_response_has_a_request_id_of_its_own",
        "test_preference.py::test_the_api_is_reached_with_and_without_the_root_route",
        "test_preference.py::test_the_root_route_is_taken_off_before_the_path_is_looked_up",
        "test_preference.py::test_the_root_route_ends_at_a_segment",
        "test_preference.py::test_strictly_only_paths_under_the_root_route_reach_the_api",
        "test_preference.py::test_strictly_any_other_path_is_not_found",
        "test_preference.py::test_a_path_outside_the_root_route_is_a_problem",
        "test_preference.py::test_a_result_that_does_not_fit_its_annotation_is_an_error",
        "test_preference.py::test_the_log_names_the_endpoint_and_the_field_that_does_not_fit",
        "test_preference.py::test_in_production_nothing_of_it_leaves_the_server",
        "test_preference.py::test_the_result_of_a_head_request_is_checked_too",
        "test_preference.py::test_a_result_that_fits_its_annotation_is_sent",
        "test_preference.py::test_what_is_not_annotated_is_not_checked",
        "test_preference.py::test_a_response_with_the_status_of_an_error_is_not_what_is_annotated",
        "test_preference.py::test_unless_it_is_asked_for_no_result_is_checked",
        "test_preference.py::test_nothing_is_installed_in_a_request",
        "test_route.py::test_a_chunked_body_reaches_the_endpoint_whole_or_is_refused",
        "test_route.py::test_a_chunked_body_of_a_rarer_form_is_whole_or_refused",
        "test_route.py::test_a_content_length_that_is_no_number_is_a_bad_request",
        "test_route.py::test_a_body_that_does_not_come_to_its_end_reaches_no_endpoint",
        "test_route.py::test_a_body_is_never_taken_for_the_next_request",
        "test_service.py::test_a_backend_is_given_as_module_name_or_application",
        "test_service.py::test_the_debug_flag_holds_under_a_server",
        "test_service.py::test_an_api_is_given_as_class_or_reference",
        "test_service.py::test_a_route_is_the_same_with_and_without_slashes",
        "test_service.py::test_the_route_is_the_root_unless_given",
        "test_service.py::test_the_service_is_imported_inside_an_api_module",
        "test_time.py::test_a_date_or_time_has_the_default_format",
        "test_time.py::test_a_format_of_ones_own_shapes_a_result",
        "test_time.py::test_the_formats_shape_what_is_nested_in_a_mapping",
        "test_time.py::test_the_formats_shape_what_is_nested_in_a_list",
        "test_time.py::test_without_a_time_zone_it_is_the_machines_local_one",
        "test_time.py::test_without_a_time_it_is_the_machines_local_zone",
        "test_time.py::test_an_iana_name_is_taken",
        "test_time.py::test_a_literal_z_never_lies",
        "test_time.py::test_an_aware_datetime_has_the_offset_of_its_instant",
        "test_time.py::test_a_naive_datetime_is_taken_to_be_in_the_zone",
        "test_time.py::test_a_naive_datetime_in_a_gap_is_an_instant_all_the_same",
        "test_time.py::test_a_naive_datetime_is_written_as_it_is",
        "test_time.py::test_a_time_stands_as_it_is",
    ),
    "It holds what is answered against what the agent saw of the process that serves.": (
        "test_application.py::test_the_application_is_of_the_frameworks_own_class",
        "test_backend.py::test_each_framework_serves_the_root_api_over_http",
    ),
    "What it expects depends on the server that is asked.": (
        "test_route.py::test_what_a_server_refuses_or_changes_is_what_the_table_says",
    ),
}


def controlled(check: Check) -> bool:
    """Whether the check asks for nothing of an implementation but what an oracle has."""
    return _forked(check) and "root" in check.asks and not check.asks & {"target", "variant"}


def laws(checks: Iterable[Check], exempt: Mapping[str, tuple[str, ...]] = EXEMPT) -> list[str]:
    """Every check that is neither put to the oracle nor exempt, and every name that need not be: a sentence each."""
    listed = [name for names in exempt.values() for name in names]
    broken = [f"{name} is exempt from the oracle twice." for name in sorted(set(listed)) if listed.count(name) > 1]
    known = {check.name: check for check in checks if check.binding is not None}  # without one: `check.laws`
    for name in dict.fromkeys(listed):
        check = known.get(name)
        if check is None:
            broken.append(f"{name} is exempt from the oracle, and there is no such check.")
        elif not _forked(check):
            broken.append(f"{name} is exempt from the oracle without need: it does not start its service forked.")
        elif controlled(check):
            broken.append(f"{name} is exempt from the oracle without need: it asks for `root` alone.")
    for check in known.values():
        if _forked(check) and not controlled(check) and check.name not in listed:
            broken.append(
                f"{check.name} cannot be put to the oracle: let it ask for `root`, and for neither `target` nor "
                "`variant`; or, if it needs more than HTTP to the root scenario, list it in conformance/exemption.py."
            )
    return broken


def _forked(check: Check) -> bool:
    return check.binding is not None and check.binding.start is Start.FORKED
