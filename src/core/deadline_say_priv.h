#ifndef VEKHA_CORE_DEADLINE_SAY_PRIV_H
#define VEKHA_CORE_DEADLINE_SAY_PRIV_H

#include "core/deadline_value_priv.h"

/* Items → words of a language. Each appends to out. */

/* The n-th (from 1) of a text's words between bars. */
Str say_nth(Lang lang, TextId list, int n);
/* «9:05»; time is minutes + 1. */
void say_time(StrBuf *out, int16_t time);
/* «10–15 октября 2022 г.», «октябрь 2022 г. – май 2023 г.»; one date if both are the same. */
void say_dates(StrBuf *out, Lang lang, const Bound *from, const Bound *to);
/* «5 октября 2022 г.», «октября 2022 г.»: genitive. */
void say_date_of(StrBuf *out, Lang lang, const Bound *bound);
/* «5 рабочих дней»; genitive after «в течение». */
void say_duration(StrBuf *out, Lang lang, int n, char unit, bool is_genitive);
/* «через 5 дней после события» */
void say_event(StrBuf *out, Lang lang, const DeadlineItem *item);
/* «каждый месяц, до 5-го числа», «не реже 2 раз в год»: without the span. Short for columns. */
void say_pattern(StrBuf *out, Lang lang, const Recurrence *recur, bool is_short);
/* Its selectors, each with a comma before it; the first without one where is_bare. */
void say_places(StrBuf *out, Lang lang, const Recurrence *recur, bool is_bare);
void say_recurrence(StrBuf *out, Lang lang, const DeadlineItem *item, const DeadlineContext *context);

#endif
