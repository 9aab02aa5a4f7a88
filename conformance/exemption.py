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
        "test_config.py::test_use_returns_the_service",
        "test_config.py::test_a_configuration_is_found_by_its_class_and_by_a_base_class",
        "test_config.py::test_a_second_use_of_one_class_is_an_error_naming_it",
        "test_config.py::test_what_is_not_a_configuration_is_a_type_error",
        "test_config.py::test_an_unknown_keyword_of_a_configuration_is_a_type_error_naming_it",
        "test_config.py::test_a_bad_value_is_an_error_when_the_configuration_is_built",
        "test_config.py::test_configurations_are_prepared_once",
        "test_config.py::test_run_prepares_the_configurations_first",
        "test_config.py::test_a_use_after_setup_is_an_error_naming_the_configuration",
        "test_config.py::test_every_import_path_of_the_page_works",
        "test_config.py::test_both_paths_of_one_name_are_one_object",
        "test_env.py::test_a_value_converts_to_the_declared_type",
        "test_env.py::test_a_default_holds_where_the_variable_is_unset",
        "test_env.py::test_names_match_whatever_their_case",
        "test_env.py::test_of_several_spellings_the_exact_one_wins",
        "test_env.py::test_two_spellings_of_which_none_is_exact_are_an_error_naming_both",
        "test_env.py::test_the_system_environment_is_read_as_sys_env_says",
        "test_env.py::test_a_file_is_json_by_its_suffix_and_lines_otherwise",
        "test_env.py::test_a_line_reads_as_the_contract_says",
        "test_env.py::test_missing_variables_are_one_error_that_names_all",
        "test_env.py::test_a_value_that_does_not_convert_is_named_and_not_shown",
        "test_env.py::test_what_is_neither_true_nor_false_is_no_bool",
        "test_env.py::test_the_system_environment_wins_over_the_file",
        "test_env.py::test_a_class_that_declares_nothing_has_what_the_file_holds",
        "test_env.py::test_a_missing_file_is_a_file_not_found_error_naming_it",
        "test_env.py::test_a_broken_file_is_an_error_with_its_line",
        "test_env.py::test_a_relative_path_starts_at_the_working_directory_then_at_the_projects",
        "test_env.py::test_no_repr_shows_what_is_secret",
        "test_env.py::test_an_instance_does_not_change",
        "test_env.py::test_another_keyword_is_a_type_error_naming_it",
        "test_hook.py::test_a_hook_decorator_returns_the_function_unchanged",
        "test_hook.py::test_what_is_not_callable_is_no_hook",
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
