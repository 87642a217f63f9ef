#include "cli/cli_priv.h"
#include "cli/json_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/core/check.h"

static void print_text(Cli *cli, Str path, const Problem *problem)
{
    StrBuf *out = &cli->out;
    Severity severity = problem_severity(problem);
    utf8_add_visible(out, path);
    strbuf_addf(out, ":%d:%d: ", problem->line, problem->col);
    paint_text(cli, severity == SEVERITY_ERROR ? STYLE_ERROR : STYLE_TEXT, text_get(cli_lang(cli), severity_text(severity)));
    strbuf_add(out, STR(": "));
    problem_add_text(out, cli_lang(cli), problem);
    strbuf_addf(out, " [%.*s]\n", STR_ARG(rule_info(problem->rule)->code));
}

static void put_pair(Json *json, Str key, Str value)
{
    json_key(json, key);
    json_text(json, value);
}

static void put_json(Cli *cli, Json *json, Str path, const Problem *problem)
{
    StrBuf text = { 0 };
    problem_add_text(&text, cli_lang(cli), problem);
    json_open_object(json);
    put_pair(json, STR("file"), path);
    json_key(json, STR("line"));
    json_number(json, problem->line);
    json_key(json, STR("column"));
    json_number(json, problem->col);
    put_pair(json, STR("severity"), severity_name(problem_severity(problem)));
    put_pair(json, STR("code"), rule_info(problem->rule)->code);
    put_pair(json, STR("text"), strbuf_str(&text));
    json_close_object(json);
    strbuf_done(&text);
}

static void put_problems(Cli *cli, Str path, const ProblemVec *problems, Json *json)
{
    Severity least = cli->options.strict ? SEVERITY_NOTE : SEVERITY_WARNING;
    for (size_t i = 0; i < problems->n; i++) {
        const Problem *problem = &problems->at[i];
        if (problem_severity(problem) >= least) {
            cli_raise(cli, CLI_FOUND);
        }
        if (json != NULL) {
            put_json(cli, json, path, problem);
        } else {
            print_text(cli, path, problem);
        }
    }
}

static void check_file(Cli *cli, size_t plan, Json *json)
{
    const PlanFile *file = plan_at(cli, plan);
    ProblemVec problems = { 0 };
    store_check(cli->store, plan, cli->options.today, cli_lang(cli), &cli->arena, &problems);
    put_problems(cli, file->path, &problems, json);
    if (file->is_broken && problems.n > 0) {
        cli_raise(cli, CLI_PLAN); /* a finding has said why */
    } else {
        plan_say_broken(cli, file);
    }
    vec_done(&problems);
}

void cmd_check(Cli *cli)
{
    Json json = { .out = &cli->out };
    bool is_json = cli->options.format == CHECK_JSON;
    plans_open(cli);
    plans_say_none(cli);
    if (is_json) {
        json_open_list(&json);
    }
    for (size_t i = 0; cli->store != NULL && i < store_settings_count(cli->store); i++) {
        const SettingsFile *settings = store_settings(cli->store, i);
        put_problems(cli, settings->path, settings->problems, is_json ? &json : NULL);
    }
    for (size_t i = 0; i < plans_count(cli); i++) {
        check_file(cli, i, is_json ? &json : NULL);
    }
    if (is_json) {
        json_close_list(&json);
    }
}
