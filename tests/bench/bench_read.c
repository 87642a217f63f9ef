/* bench_read FILE: text → plan against libyaml's own event loop over the same bytes, in turn, processor time. */
#include <yaml.h>

#include "bench.h"
#include "vekha/base/file.h"
#include "vekha/store/schema.h"

enum { N_RUNS = 15, FILE_MAX = 1 << 30 };

static double time_libyaml(Str text)
{
    double begin = bench_now_ms();
    yaml_parser_t parser;
    yaml_event_t event;
    int is_done = 0;
    if (!yaml_parser_initialize(&parser)) {
        exit(1);
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.at, text.n_bytes);
    while (!is_done) {
        if (!yaml_parser_parse(&parser, &event)) {
            exit(1);
        }
        is_done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return bench_now_ms() - begin;
}

static double time_ours(Str text, size_t *n_events)
{
    double begin = bench_now_ms();
    Reading reading;
    Doc *doc = doc_new(text);
    schema_read(doc, &reading);
    *n_events = reading.plan.events.n;
    double end = bench_now_ms();
    reading_done(&reading);
    doc_free(doc);
    return end - begin;
}

int main(int argc, char **argv)
{
    StrBuf text = { 0 };
    Err err = { 0 };
    double floor[N_RUNS];
    double ours[N_RUNS];
    size_t n_events = 0;
    char detail[128];
    if (argc != 2 || !file_read(argv[1], FILE_MAX, &text, NULL, &err)) {
        return 2;
    }
    for (int i = 0; i < N_RUNS; i++) {
        floor[i] = time_libyaml(strbuf_str(&text));
        ours[i] = time_ours(strbuf_str(&text), &n_events);
    }
    double floor_ms = bench_percentile(floor, N_RUNS, 50);
    double ours_ms = bench_percentile(ours, N_RUNS, 50);
    (void)snprintf(detail, sizeof detail, "%zu events: %.1f ms, libyaml %.1f ms", n_events, ours_ms, floor_ms);
    strbuf_done(&text);
    return bench_row("reading, against libyaml's event loop", ours_ms / floor_ms, 2.0, "times", detail);
}
