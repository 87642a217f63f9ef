# Веха: `make help` lists what there is to make. Two commands for a newcomer: `make run`, `make test`.

PREFIX  ?= /usr/local
DESTDIR ?=
CC      := $(if $(filter default,$(origin CC)),gcc,$(CC))
CFLAGS  ?= -O2 -g
BUILD   ?= build
V       ?= 0
Q       := $(if $(filter 0,$(V)),@,)
say      = $(if $(filter 0,$(V)),@printf '  %-7s %s\n' '$(1)' '$(2)')

# What the program needs, and what its tests need besides: pkg-config names, and the Debian packages that bring them.
LIBS         := ncursesw yaml-0.1 libutf8proc
TEST_LIBS    := cmocka vterm
PACKAGES     := gcc pkg-config libncurses-dev libyaml-dev libutf8proc-dev
TEST_PACKAGES := $(PACKAGES) libcmocka-dev libvterm-dev
REAL_PACKAGES := $(TEST_PACKAGES) clang llvm libclang-rt-14-dev valgrind tmux git vim nano python3-yaml

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla
# Of a library only its -I: ncursesw's own flags set _XOPEN_SOURCE, and that is ours to choose.
INCLUDES  = -Iinclude -Isrc $(shell pkg-config --cflags-only-I $(LIBS) 2>/dev/null)
HARDEN   := -fstack-protector-strong -D_FORTIFY_SOURCE=2
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -DNCURSES_WIDECHAR=1 $(WARNINGS) $(INCLUDES) $(if $(SANITIZE),,$(HARDEN)) $(CFLAGS) $(SANITIZE) -MMD -MP
ALL_LDFLAGS = $(SANITIZE) -Wl,-z,relro,-z,now,--as-needed $(LDFLAGS)
LDLIBS    = $(shell pkg-config --libs $(LIBS) 2>/dev/null)
TEST_LDLIBS = $(shell pkg-config --libs $(TEST_LIBS) 2>/dev/null) $(LDLIBS)

SOURCES  := $(sort $(wildcard src/*/*.c))
OBJECTS  := $(SOURCES:%.c=$(BUILD)/%.o)
LIBRARY  := $(BUILD)/libvekha.a
PROGRAM  := $(BUILD)/vekha

# A test is one program a file; what several share lies in tests/support/.
SUPPORT  := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tests/support/*.c)))
TESTS    := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/unit/*/test_*.c tests/*/test_*.c)))
FUZZERS  := $(sort $(wildcard tests/fuzz/fuzz_*.c))
BENCHES  := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/bench/bench_*.c)))
REPLAYS  := $(FUZZERS:%.c=$(BUILD)/%)
LISTS    := $(BUILD)/tests/manual/lists

.DEFAULT_GOAL := all
.PHONY: all run test test-only check-real soak check-layers check-manual asan lint format bench screen manual install uninstall clean help deps deps-test deps-real

all: $(PROGRAM) ## build the program: build/vekha

run: deps ## build it and open the five plans (installs what is missing)
	@$(MAKE) --no-print-directory all
	@$(PROGRAM) plans

test: deps-test ## every test that needs small packages only (installs what is missing)
	@$(MAKE) --no-print-directory test-only

test-only: check-layers check-manual $(PROGRAM) $(TESTS) $(REPLAYS)
	$(Q)BUILD=$(BUILD) tests/run $(TESTS) $(REPLAYS)

check-layers: ## the #include lines keep to the layers of src/README.md, words to the table of texts
	$(Q)tests/check-layers
	$(Q)tests/check-texts

check-manual: $(PROGRAM) $(LISTS) ## the manual holds what the tables say, and its examples run
	$(Q)BUILD=$(BUILD) tests/manual/check

asan: deps-test ## the tests under the address and undefined-behaviour sanitizers
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/asan CFLAGS='-O1 -g -fno-omit-frame-pointer' \
	  SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all' test-only

check-real: deps-real ## the tests that need big packages: clang, its fuzzers, valgrind, tmux, git, vim, nano, PyYAML
	@BUILD=$(BUILD) CC=$(CC) tests/check-real

soak: deps-real ## the fuzzers for hours: SOAK_RUNS executions of each
	@BUILD=$(BUILD) tests/soak

lint: ## cppcheck, mandoc and clang-tidy, where they are installed
	$(Q)if command -v cppcheck >/dev/null; then cppcheck -q --suppress=internalAstError --suppress=syntaxError --suppress=unknownEvaluationOrder --std=c11 --enable=warning,portability --inline-suppr --error-exitcode=1 -Iinclude -Isrc src; else echo 'no cppcheck here'; fi
	$(Q)if command -v mandoc >/dev/null; then mandoc -T lint -W warning src/vekha.1 src/vekha.5; else echo 'no mandoc here'; fi
	$(Q)if command -v clang-tidy >/dev/null; then clang-tidy --quiet $(SOURCES) -- -std=c17 -D_GNU_SOURCE -DNCURSES_WIDECHAR=1 $(INCLUDES); else echo 'no clang-tidy here'; fi

format: ## lay out the source as .clang-format says
	$(Q)clang-format -i $(shell git ls-files '*.c' '*.h')

bench: all $(BENCHES) ## speed and memory, as ratios against floors measured in the same run
	$(Q)BUILD=$(BUILD) CC=$(CC) tests/bench/run

screen: all ## make the pictures of the screen in both READMEs anew
	$(Q)BUILD=$(BUILD) tests/screens/readme

manual: $(LISTS) ## make the lists in src/vekha.1 and src/vekha.5 anew, from the tables
	$(Q)BUILD=$(BUILD) tests/manual/update src/vekha.1 src/vekha.5

install: all ## install under PREFIX (/usr/local), below DESTDIR if that is given
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/vekha
	install -D -m 644 src/vekha.1 $(DESTDIR)$(PREFIX)/share/man/man1/vekha.1
	install -D -m 644 src/vekha.5 $(DESTDIR)$(PREFIX)/share/man/man5/vekha.5

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/vekha $(DESTDIR)$(PREFIX)/share/man/man1/vekha.1 $(DESTDIR)$(PREFIX)/share/man/man5/vekha.5

clean: ## remove all that was built
	rm -rf $(BUILD)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo '  PREFIX, DESTDIR, CC, CFLAGS, BUILD are yours to set; V=1 shows the commands.'

deps:
	@tests/deps '$(LIBS)' '$(PACKAGES)'
deps-test:
	@tests/deps '$(LIBS) $(TEST_LIBS)' '$(TEST_PACKAGES)'
deps-real: deps-test
	@tests/deps --programs 'clang llvm-profdata valgrind tmux git vim nano' --python yaml '$(LIBS) $(TEST_LIBS)' '$(REAL_PACKAGES)'

# Rebuild when the flags change: the stamp changes only when its content does.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' | cmp -s - $@ || printf '%s\n' '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' > $@
FORCE:
.PHONY: FORCE

$(BUILD)/%.o: %.c $(BUILD)/flags
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# Made anew each time: an archive would keep the objects of files that are gone.
$(LIBRARY): $(OBJECTS)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

$(PROGRAM): $(BUILD)/src/main.o $(LIBRARY)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/tests/fuzz/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/replay.o $(LIBRARY)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(SUPPORT) $(LIBRARY)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(TEST_LDLIBS) -lutil

.SECONDARY:
-include $(shell find $(BUILD)/src $(BUILD)/tests -name '*.d' 2>/dev/null)
