#include <string.h>

#include "core/deadline_word_priv.h"

/*
 * The lexicon. Adding a word is adding a row: its stem and endings (folded: small letters, е for ё), what it does in a phrase,
 * and which one of its kind it is. The rows are in the order of the alphabet, so that a look-up need not see them all.
 */

#define M_SOFT "ь я ю ем е и ей ям ями ях"
#define M_HARD "- а у ом е ы ов ам ами ах и ев ем"
#define F_HARD "а ы е у ой ей и - ам ами ах ою"
#define ADJ "ый ий ая яя ое ее ые ие ого его ому ему ую юю ым им ом ем ой ей ых их ыми ими ою"

static const WordRow rows[] = {
    { STR_INIT("t"), STR_INIT("-"), WORD_T, 0 },
    { STR_INIT("а"), STR_INIT("-"), WORD_IGNORED, 0 },
    { STR_INIT("авг"), STR_INIT("-"), WORD_MONTH, 8 },
    { STR_INIT("август"), STR_INIT(M_HARD), WORD_MONTH, 8 },
    { STR_INIT("апр"), STR_INIT("-"), WORD_MONTH, 4 },
    { STR_INIT("апрел"), STR_INIT(M_SOFT), WORD_MONTH, 4 },
    { STR_INIT("более"), STR_INIT("-"), WORD_AT_MOST, 0 },
    { STR_INIT("больше"), STR_INIT("-"), WORD_AT_MOST, 0 },
    { STR_INIT("будн"), STR_INIT("и ий ие их им ям ями ях"), WORD_WORKDAYS, 0 },
    { STR_INIT("будний"), STR_INIT("-"), WORD_WORKDAYS, 0 },
    { STR_INIT("в"), STR_INIT("- о"), WORD_IN, 0 },
    { STR_INIT("весен"), STR_INIT("-"), WORD_SEASON_ADJ, SEASON_SPRING },
    { STR_INIT("весенн"), STR_INIT(ADJ " е"), WORD_SEASON_ADJ, SEASON_SPRING },
    { STR_INIT("весн"), STR_INIT("а ы е у ой ою"), WORD_SEASON, SEASON_SPRING },
    { STR_INIT("весь"), STR_INIT("-"), WORD_WHOLE, 0 },
    { STR_INIT("вкл"), STR_INIT("- юч"), WORD_IGNORED, 3 },
    { STR_INIT("включительно"), STR_INIT("-"), WORD_IGNORED, 3 },
    { STR_INIT("возможност"), STR_INIT("ь и ью ям"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("восем"), STR_INIT("ь ью"), WORD_CARDINAL, 8 },
    { STR_INIT("восемнадцат"), STR_INIT(ADJ), WORD_ORDINAL, 18 },
    { STR_INIT("воскр"), STR_INIT("-"), WORD_WEEKDAY, 7 },
    { STR_INIT("воскресений"), STR_INIT("-"), WORD_WEEKDAY, 7 },
    { STR_INIT("воскресень"), STR_INIT("е я ю ем и ям ях"), WORD_WEEKDAY, 7 },
    { STR_INIT("восьм"), STR_INIT(ADJ), WORD_ORDINAL, 8 },
    { STR_INIT("восьм"), STR_INIT("и"), WORD_CARDINAL, 8 },
    { STR_INIT("врем"), STR_INIT("я ени"), WORD_PERIOD, 0 },
    { STR_INIT("вс"), STR_INIT("-"), WORD_WEEKDAY, 7 },
    { STR_INIT("вс"), STR_INIT("я его ей ему ем ю"), WORD_WHOLE, 0 },
    { STR_INIT("все"), STR_INIT("-"), WORD_WHOLE, 0 },
    { STR_INIT("вт"), STR_INIT("-"), WORD_WEEKDAY, 2 },
    { STR_INIT("втор"), STR_INIT(ADJ), WORD_ORDINAL, 2 },
    { STR_INIT("вторник"), STR_INIT(M_HARD), WORD_WEEKDAY, 2 },
    { STR_INIT("вызов"), STR_INIT(M_HARD), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("выходн"), STR_INIT(ADJ), WORD_WEEKEND, 0 },
    { STR_INIT("г"), STR_INIT("- г"), WORD_YEAR_ABBR, 0 },
    { STR_INIT("год"), STR_INIT(M_HARD), WORD_UNIT, UNIT_YEAR },
    { STR_INIT("годичн"), STR_INIT(ADJ), WORD_TERM, UNIT_YEAR },
    { STR_INIT("годы"), STR_INIT("-"), WORD_UNIT, UNIT_YEAR },
    { STR_INIT("график"), STR_INIT(M_HARD), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("далее"), STR_INIT("-"), WORD_THEN, 0 },
    { STR_INIT("дат"), STR_INIT(F_HARD), WORD_LEAD_IN, 2 },
    { STR_INIT("дв"), STR_INIT("а е ух ум умя"), WORD_CARDINAL, 2 },
    { STR_INIT("двадцат"), STR_INIT(ADJ), WORD_ORDINAL, 20 },
    { STR_INIT("двадцат"), STR_INIT("ь и ью"), WORD_CARDINAL, 20 },
    { STR_INIT("дважды"), STR_INIT("-"), WORD_N_TIMES, 2 },
    { STR_INIT("двенадцат"), STR_INIT(ADJ), WORD_ORDINAL, 12 },
    { STR_INIT("двенадцат"), STR_INIT("ь и ью"), WORD_CARDINAL, 12 },
    { STR_INIT("двукратно"), STR_INIT("-"), WORD_N_TIMES, 2 },
    { STR_INIT("девят"), STR_INIT(ADJ), WORD_ORDINAL, 9 },
    { STR_INIT("девят"), STR_INIT("ь и ью"), WORD_CARDINAL, 9 },
    { STR_INIT("девятнадцат"), STR_INIT(ADJ), WORD_ORDINAL, 19 },
    { STR_INIT("дек"), STR_INIT("-"), WORD_MONTH, 12 },
    { STR_INIT("декабр"), STR_INIT(M_SOFT), WORD_MONTH, 12 },
    { STR_INIT("декад"), STR_INIT(F_HARD), WORD_UNIT, UNIT_DECADE },
    { STR_INIT("день"), STR_INIT("-"), WORD_UNIT, UNIT_DAY },
    { STR_INIT("десят"), STR_INIT(ADJ), WORD_ORDINAL, 10 },
    { STR_INIT("десят"), STR_INIT("ь и ью"), WORD_CARDINAL, 10 },
    { STR_INIT("длительност"), STR_INIT("ь ю ью и"), WORD_LENGTH, 0 },
    { STR_INIT("дн"), STR_INIT("- я ю ем е и ей ям ями ях"), WORD_UNIT, UNIT_DAY },
    { STR_INIT("дневн"), STR_INIT(ADJ), WORD_TERM, UNIT_DAY },
    { STR_INIT("до"), STR_INIT("-"), WORD_UNTIL, 0 },
    { STR_INIT("договоренност"), STR_INIT("ь и ью ям"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("единовременн"), STR_INIT(ADJ " о"), WORD_IGNORED, 0 },
    { STR_INIT("единожды"), STR_INIT("-"), WORD_N_TIMES, 1 },
    { STR_INIT("ежегодн"), STR_INIT(ADJ " о"), WORD_EACH_UNIT, UNIT_YEAR },
    { STR_INIT("ежеднев"), STR_INIT("-"), WORD_EACH_UNIT, UNIT_DAY },
    { STR_INIT("ежедневн"), STR_INIT(ADJ " о"), WORD_EACH_UNIT, UNIT_DAY },
    { STR_INIT("ежекварт"), STR_INIT("-"), WORD_EACH_UNIT, UNIT_QUARTER },
    { STR_INIT("ежеквартальн"), STR_INIT(ADJ " о"), WORD_EACH_UNIT, UNIT_QUARTER },
    { STR_INIT("ежемес"), STR_INIT("-"), WORD_EACH_UNIT, UNIT_MONTH },
    { STR_INIT("ежемесячн"), STR_INIT(ADJ " о"), WORD_EACH_UNIT, UNIT_MONTH },
    { STR_INIT("еженед"), STR_INIT("-"), WORD_EACH_UNIT, UNIT_WEEK },
    { STR_INIT("еженедельн"), STR_INIT(ADJ " о"), WORD_EACH_UNIT, UNIT_WEEK },
    { STR_INIT("ежесуточн"), STR_INIT(ADJ " о"), WORD_EACH_UNIT, UNIT_DAY },
    { STR_INIT("за"), STR_INIT("-"), WORD_FOR, 0 },
    { STR_INIT("завершени"), STR_INIT("и я е ю ем"), WORD_RESULTS, 0 },
    { STR_INIT("зависимост"), STR_INIT("и"), WORD_QUALIFIER, 0 },
    { STR_INIT("запрос"), STR_INIT(M_HARD), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("затем"), STR_INIT("-"), WORD_THEN, 0 },
    { STR_INIT("заявк"), STR_INIT("е а и ам ами"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("заявлени"), STR_INIT("ю е я ям"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("зим"), STR_INIT("а ы е у ой ою"), WORD_SEASON, SEASON_WINTER },
    { STR_INIT("зимн"), STR_INIT(ADJ " е"), WORD_SEASON_ADJ, SEASON_WINTER },
    { STR_INIT("зимн"), STR_INIT("-"), WORD_SEASON_ADJ, SEASON_WINTER },
    { STR_INIT("и"), STR_INIT("-"), WORD_AND, 0 },
    { STR_INIT("или"), STR_INIT("-"), WORD_OR, 0 },
    { STR_INIT("инструкци"), STR_INIT("и ей"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("исключая"), STR_INIT("-"), WORD_QUALIFIER, 3 },
    { STR_INIT("исключени"), STR_INIT("ем"), WORD_QUALIFIER, 3 },
    { STR_INIT("итог"), STR_INIT("ам и ами"), WORD_RESULTS, 0 },
    { STR_INIT("июл"), STR_INIT(M_SOFT), WORD_MONTH, 7 },
    { STR_INIT("июн"), STR_INIT(M_SOFT), WORD_MONTH, 6 },
    { STR_INIT("к"), STR_INIT("- о"), WORD_BY, 0 },
    { STR_INIT("кажд"), STR_INIT(ADJ), WORD_EVERY, 0 },
    { STR_INIT("календар"), STR_INIT("ю ем я"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("календарн"), STR_INIT(ADJ), WORD_IGNORED, 1 },
    { STR_INIT("канику"), STR_INIT("-"), WORD_VACATION, 0 },
    { STR_INIT("каникул"), STR_INIT("- ы ам ами ах"), WORD_VACATION, 0 },
    { STR_INIT("каникулярн"), STR_INIT(ADJ), WORD_VACATION, 1 },
    { STR_INIT("кв"), STR_INIT("- арт"), WORD_UNIT, UNIT_QUARTER },
    { STR_INIT("квартал"), STR_INIT(M_HARD), WORD_UNIT, UNIT_QUARTER },
    { STR_INIT("кон"), STR_INIT("-"), WORD_PART, PART_END },
    { STR_INIT("конец"), STR_INIT("-"), WORD_PART, PART_END },
    { STR_INIT("конц"), STR_INIT("а у ом е ы"), WORD_PART, PART_END },
    { STR_INIT("крайн"), STR_INIT(ADJ), WORD_ORDINAL, -1 },
    { STR_INIT("кратчайш"), STR_INIT(ADJ), WORD_QUALIFIER, 2 },
    { STR_INIT("кроме"), STR_INIT("-"), WORD_QUALIFIER, 3 },
    { STR_INIT("круглогодичн"), STR_INIT(ADJ " о"), WORD_ALWAYS, 0 },
    { STR_INIT("круглый"), STR_INIT("-"), WORD_WHOLE, 0 },
    { STR_INIT("лет"), STR_INIT("-"), WORD_UNIT, UNIT_YEAR },
    { STR_INIT("лет"), STR_INIT("о а ом у е"), WORD_SEASON, SEASON_SUMMER },
    { STR_INIT("летн"), STR_INIT(ADJ " е"), WORD_SEASON_ADJ, SEASON_SUMMER },
    { STR_INIT("летн"), STR_INIT("-"), WORD_SEASON_ADJ, SEASON_SUMMER },
    { STR_INIT("либо"), STR_INIT("-"), WORD_OR, 0 },
    { STR_INIT("ма"), STR_INIT("й я ю ем е"), WORD_MONTH, 5 },
    { STR_INIT("максимум"), STR_INIT("-"), WORD_AT_MOST, 1 },
    { STR_INIT("мар"), STR_INIT("-"), WORD_MONTH, 3 },
    { STR_INIT("март"), STR_INIT(M_HARD), WORD_MONTH, 3 },
    { STR_INIT("между"), STR_INIT("-"), WORD_BETWEEN, 0 },
    { STR_INIT("менее"), STR_INIT("-"), WORD_AT_LEAST, 0 },
    { STR_INIT("меньше"), STR_INIT("-"), WORD_AT_LEAST, 0 },
    { STR_INIT("мер"), STR_INIT("е"), WORD_QUALIFIER, 0 },
    { STR_INIT("мес"), STR_INIT("-"), WORD_UNIT, UNIT_MONTH },
    { STR_INIT("месяц"), STR_INIT(M_HARD " ев"), WORD_UNIT, UNIT_MONTH },
    { STR_INIT("месячн"), STR_INIT(ADJ), WORD_TERM, UNIT_MONTH },
    { STR_INIT("месячник"), STR_INIT(M_HARD), WORD_CAMPAIGN, 0 },
    { STR_INIT("минимум"), STR_INIT("-"), WORD_AT_LEAST, 1 },
    { STR_INIT("момент"), STR_INIT(M_HARD), WORD_MOMENT, 0 },
    { STR_INIT("на"), STR_INIT("-"), WORD_ON, 0 },
    { STR_INIT("назначени"), STR_INIT("ю"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("назначенн"), STR_INIT(ADJ), WORD_QUALIFIER, 0 },
    { STR_INIT("накануне"), STR_INIT("-"), WORD_BEFORE, 0 },
    { STR_INIT("наличи"), STR_INIT("и"), WORD_QUALIFIER, 0 },
    { STR_INIT("нач"), STR_INIT("-"), WORD_PART, PART_START },
    { STR_INIT("начал"), STR_INIT("о а у ом е"), WORD_PART, PART_START },
    { STR_INIT("начиная"), STR_INIT("-"), WORD_STARTING, 0 },
    { STR_INIT("не"), STR_INIT("-"), WORD_NOT, 0 },
    { STR_INIT("нед"), STR_INIT("-"), WORD_UNIT, UNIT_WEEK },
    { STR_INIT("недел"), STR_INIT("я и е ю ей ь ям ями ях"), WORD_UNIT, UNIT_WEEK },
    { STR_INIT("недельн"), STR_INIT(ADJ), WORD_TERM, UNIT_WEEK },
    { STR_INIT("незамедлительно"), STR_INIT("-"), WORD_QUALIFIER, 0 },
    { STR_INIT("немедленно"), STR_INIT("-"), WORD_QUALIFIER, 0 },
    { STR_INIT("необходимост"), STR_INIT("ь и ью"), WORD_QUALIFIER, 0 },
    { STR_INIT("непрерывн"), STR_INIT(ADJ " о"), WORD_ALWAYS, 0 },
    { STR_INIT("нечетн"), STR_INIT(ADJ), WORD_PARITY, 1 },
    { STR_INIT("но"), STR_INIT("-"), WORD_IGNORED, 0 },
    { STR_INIT("ноя"), STR_INIT("- б"), WORD_MONTH, 11 },
    { STR_INIT("ноябр"), STR_INIT(M_SOFT), WORD_MONTH, 11 },
    { STR_INIT("обращени"), STR_INIT("ю ем е я и ям"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("объявлени"), STR_INIT("ю е я"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("один"), STR_INIT("-"), WORD_CARDINAL, 1 },
    { STR_INIT("одиннадцат"), STR_INIT(ADJ), WORD_ORDINAL, 11 },
    { STR_INIT("одн"), STR_INIT("ого ой ому ом у а о им"), WORD_CARDINAL, 1 },
    { STR_INIT("однажды"), STR_INIT("-"), WORD_N_TIMES, 1 },
    { STR_INIT("однократн"), STR_INIT(ADJ " о"), WORD_N_TIMES, 1 },
    { STR_INIT("около"), STR_INIT("-"), WORD_APPROX, 0 },
    { STR_INIT("окончани"), STR_INIT("и я е ю ем"), WORD_RESULTS, 0 },
    { STR_INIT("окт"), STR_INIT("-"), WORD_MONTH, 10 },
    { STR_INIT("октябр"), STR_INIT(M_SOFT), WORD_MONTH, 10 },
    { STR_INIT("определен"), STR_INIT("- а о ы"), WORD_QUALIFIER, 0 },
    { STR_INIT("определя"), STR_INIT("ется ются"), WORD_QUALIFIER, 0 },
    { STR_INIT("ориентировочн"), STR_INIT(ADJ " о"), WORD_APPROX, 0 },
    { STR_INIT("осен"), STR_INIT("ь и ью"), WORD_SEASON, SEASON_AUTUMN },
    { STR_INIT("осен"), STR_INIT("-"), WORD_SEASON_ADJ, SEASON_AUTUMN },
    { STR_INIT("осенн"), STR_INIT(ADJ " е"), WORD_SEASON_ADJ, SEASON_AUTUMN },
    { STR_INIT("основ"), STR_INIT("е"), WORD_IGNORED, 0 },
    { STR_INIT("от"), STR_INIT("-"), WORD_FROM, 0 },
    { STR_INIT("отд"), STR_INIT("-"), WORD_QUALIFIER, 0 },
    { STR_INIT("отдельн"), STR_INIT(ADJ), WORD_QUALIFIER, 2 },
    { STR_INIT("отчетн"), STR_INIT(ADJ), WORD_REPORTED, 0 },
    { STR_INIT("перв"), STR_INIT(ADJ), WORD_ORDINAL, 1 },
    { STR_INIT("перед"), STR_INIT("- о"), WORD_BEFORE, 0 },
    { STR_INIT("период"), STR_INIT(M_HARD), WORD_PERIOD, 0 },
    { STR_INIT("периодически"), STR_INIT("-"), WORD_REGULARLY, 0 },
    { STR_INIT("периодичност"), STR_INIT("ь и ью"), WORD_LEAD_IN, 0 },
    { STR_INIT("письм"), STR_INIT("у о а ам"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("план"), STR_INIT(M_HARD), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("пн"), STR_INIT("-"), WORD_WEEKDAY, 1 },
    { STR_INIT("по"), STR_INIT("-"), WORD_TO, 0 },
    { STR_INIT("подготовк"), STR_INIT("и у е а ой"), WORD_QUALIFIER, 1 },
    { STR_INIT("позднее"), STR_INIT("-"), WORD_LATER, 0 },
    { STR_INIT("поздней"), STR_INIT("-"), WORD_LATER, 0 },
    { STR_INIT("позже"), STR_INIT("-"), WORD_LATER, 0 },
    { STR_INIT("поквартальн"), STR_INIT(ADJ " о"), WORD_EACH_UNIT, UNIT_QUARTER },
    { STR_INIT("пол"), STR_INIT("-"), WORD_UNIT, UNIT_HALF },
    { STR_INIT("полгода"), STR_INIT("-"), WORD_UNIT, UNIT_HALF },
    { STR_INIT("половин"), STR_INIT(F_HARD), WORD_PART, PART_HALF },
    { STR_INIT("положени"), STR_INIT("ю ем е я и ям ями"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("полуг"), STR_INIT("- од"), WORD_UNIT, UNIT_HALF },
    { STR_INIT("полугода"), STR_INIT("-"), WORD_UNIT, UNIT_HALF },
    { STR_INIT("полугоди"), STR_INIT("е я ю ем и й ям ях"), WORD_UNIT, UNIT_HALF },
    { STR_INIT("помесячно"), STR_INIT("-"), WORD_EACH_UNIT, UNIT_MONTH },
    { STR_INIT("понед"), STR_INIT("-"), WORD_WEEKDAY, 1 },
    { STR_INIT("понедельник"), STR_INIT(M_HARD), WORD_WEEKDAY, 1 },
    { STR_INIT("понедельно"), STR_INIT("-"), WORD_EACH_UNIT, UNIT_WEEK },
    { STR_INIT("поручени"), STR_INIT("ю ем я"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("порядк"), STR_INIT("е у ом а"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("порядок"), STR_INIT("-"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("посл"), STR_INIT("-"), WORD_ORDINAL, -1 },
    { STR_INIT("после"), STR_INIT("-"), WORD_AFTER, 0 },
    { STR_INIT("последн"), STR_INIT(ADJ), WORD_ORDINAL, -1 },
    { STR_INIT("постановлени"), STR_INIT("ю ем е я"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("постоян"), STR_INIT("но"), WORD_ALWAYS, 0 },
    { STR_INIT("постоянн"), STR_INIT(ADJ " о"), WORD_ALWAYS, 0 },
    { STR_INIT("поступлени"), STR_INIT("ю я и е"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("потом"), STR_INIT("-"), WORD_THEN, 0 },
    { STR_INIT("потребност"), STR_INIT("ь и ью ям"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("предписани"), STR_INIT("ю ем я"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("предположительно"), STR_INIT("-"), WORD_APPROX, 0 },
    { STR_INIT("при"), STR_INIT("-"), WORD_IGNORED, 2 },
    { STR_INIT("приблизительн"), STR_INIT(ADJ " о"), WORD_APPROX, 0 },
    { STR_INIT("приглашени"), STR_INIT("ю е я ям"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("приказ"), STR_INIT(M_HARD), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("примерн"), STR_INIT(ADJ " о"), WORD_APPROX, 0 },
    { STR_INIT("программ"), STR_INIT(F_HARD), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("продолжени"), STR_INIT("е и"), WORD_DURING, 0 },
    { STR_INIT("продолжительност"), STR_INIT("ь ю ью и"), WORD_LENGTH, 0 },
    { STR_INIT("протяжени"), STR_INIT("е и"), WORD_DURING, 0 },
    { STR_INIT("пт"), STR_INIT("-"), WORD_WEEKDAY, 5 },
    { STR_INIT("пят"), STR_INIT(ADJ), WORD_ORDINAL, 5 },
    { STR_INIT("пят"), STR_INIT("ь и ью"), WORD_CARDINAL, 5 },
    { STR_INIT("пятн"), STR_INIT("-"), WORD_WEEKDAY, 5 },
    { STR_INIT("пятнадцат"), STR_INIT(ADJ), WORD_ORDINAL, 15 },
    { STR_INIT("пятнадцат"), STR_INIT("ь и ью"), WORD_CARDINAL, 15 },
    { STR_INIT("пятниц"), STR_INIT(F_HARD), WORD_WEEKDAY, 5 },
    { STR_INIT("р"), STR_INIT("-"), WORD_TIMES, 0 },
    { STR_INIT("рабоч"), STR_INIT(ADJ), WORD_WORKING, 0 },
    { STR_INIT("раз"), STR_INIT("- а у"), WORD_TIMES, 0 },
    { STR_INIT("рамк"), STR_INIT("ах и"), WORD_QUALIFIER, 0 },
    { STR_INIT("ранее"), STR_INIT("-"), WORD_EARLIER, 0 },
    { STR_INIT("раньше"), STR_INIT("-"), WORD_EARLIER, 0 },
    { STR_INIT("расписани"), STR_INIT("ю ем е я и"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("распоряжени"), STR_INIT("ю ем е я и"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("регламент"), STR_INIT(M_HARD), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("регулярн"), STR_INIT(ADJ " о"), WORD_REGULARLY, 0 },
    { STR_INIT("реже"), STR_INIT("-"), WORD_AT_LEAST, 0 },
    { STR_INIT("результат"), STR_INIT("ам"), WORD_RESULTS, 0 },
    { STR_INIT("рекомендаци"), STR_INIT("и ям"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("рекомендованн"), STR_INIT(ADJ), WORD_QUALIFIER, 2 },
    { STR_INIT("решени"), STR_INIT("ю ем е я и"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("с"), STR_INIT("-"), WORD_FROM, 0 },
    { STR_INIT("сб"), STR_INIT("-"), WORD_WEEKDAY, 6 },
    { STR_INIT("седьм"), STR_INIT(ADJ), WORD_ORDINAL, 7 },
    { STR_INIT("сем"), STR_INIT("ь и ью"), WORD_CARDINAL, 7 },
    { STR_INIT("семестр"), STR_INIT(M_HARD), WORD_UNIT, UNIT_HALF },
    { STR_INIT("семнадцат"), STR_INIT(ADJ), WORD_ORDINAL, 17 },
    { STR_INIT("сен"), STR_INIT("- т тяб"), WORD_MONTH, 9 },
    { STR_INIT("сентябр"), STR_INIT(M_SOFT), WORD_MONTH, 9 },
    { STR_INIT("сер"), STR_INIT("-"), WORD_PART, PART_MIDDLE },
    { STR_INIT("середин"), STR_INIT(F_HARD), WORD_PART, PART_MIDDLE },
    { STR_INIT("систематич"), STR_INIT("еский еская еское но"), WORD_REGULARLY, 0 },
    { STR_INIT("систематически"), STR_INIT("-"), WORD_REGULARLY, 0 },
    { STR_INIT("следующ"), STR_INIT(ADJ), WORD_FOLLOWING, 0 },
    { STR_INIT("со"), STR_INIT("-"), WORD_FROM, 0 },
    { STR_INIT("согласно"), STR_INIT("-"), WORD_QUALIFIER, 0 },
    { STR_INIT("согласовани"), STR_INIT("ю ем е я и"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("соответстви"), STR_INIT("е и"), WORD_QUALIFIER, 0 },
    { STR_INIT("сорок"), STR_INIT("- а"), WORD_CARDINAL, 40 },
    { STR_INIT("спустя"), STR_INIT("-"), WORD_THROUGH, 0 },
    { STR_INIT("ср"), STR_INIT("-"), WORD_WEEKDAY, 3 },
    { STR_INIT("сред"), STR_INIT(F_HARD), WORD_WEEKDAY, 3 },
    { STR_INIT("срок"), STR_INIT(M_HARD), WORD_LEAD_IN, 1 },
    { STR_INIT("субб"), STR_INIT("-"), WORD_WEEKDAY, 6 },
    { STR_INIT("суббот"), STR_INIT(F_HARD), WORD_WEEKDAY, 6 },
    { STR_INIT("сут"), STR_INIT("ки ок кам ками ках"), WORD_UNIT, UNIT_DAY },
    { STR_INIT("суточн"), STR_INIT(ADJ), WORD_TERM, UNIT_DAY },
    { STR_INIT("т"), STR_INIT("-"), WORD_IGNORED, 0 },
    { STR_INIT("также"), STR_INIT("-"), WORD_IGNORED, 0 },
    { STR_INIT("текущ"), STR_INIT(ADJ), WORD_IGNORED, 0 },
    { STR_INIT("теч"), STR_INIT("-"), WORD_DURING, 0 },
    { STR_INIT("течени"), STR_INIT("е и ю"), WORD_DURING, 0 },
    { STR_INIT("тр"), STR_INIT("и ех ем емя"), WORD_CARDINAL, 3 },
    { STR_INIT("требовани"), STR_INIT("ю ем е я и ям"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("трет"), STR_INIT("ий ья ье ьи ьего ьему ьим ьем ьей ью ьих"), WORD_ORDINAL, 3 },
    { STR_INIT("тридцат"), STR_INIT(ADJ), WORD_ORDINAL, 30 },
    { STR_INIT("тридцат"), STR_INIT("ь и ью"), WORD_CARDINAL, 30 },
    { STR_INIT("трижды"), STR_INIT("-"), WORD_N_TIMES, 3 },
    { STR_INIT("триместр"), STR_INIT(M_HARD), WORD_UNIT, UNIT_TRIMESTER },
    { STR_INIT("тринадцат"), STR_INIT(ADJ), WORD_ORDINAL, 13 },
    { STR_INIT("указани"), STR_INIT("ю ем е я и ям"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("указанн"), STR_INIT(ADJ), WORD_QUALIFIER, 2 },
    { STR_INIT("усмотрени"), STR_INIT("ю"), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("установл"), STR_INIT("- ен"), WORD_QUALIFIER, 0 },
    { STR_INIT("установленн"), STR_INIT(ADJ), WORD_QUALIFIER, 0 },
    { STR_INIT("установленны"), STR_INIT("-"), WORD_QUALIFIER, 0 },
    { STR_INIT("утвержденн"), STR_INIT(ADJ), WORD_QUALIFIER, 0 },
    { STR_INIT("уточня"), STR_INIT("ется ются"), WORD_QUALIFIER, 0 },
    { STR_INIT("уч"), STR_INIT("- еб ебн"), WORD_SCHOOL, 0 },
    { STR_INIT("учебн"), STR_INIT(ADJ), WORD_SCHOOL, 0 },
    { STR_INIT("факт"), STR_INIT(M_HARD), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("фев"), STR_INIT("- р"), WORD_MONTH, 2 },
    { STR_INIT("феврал"), STR_INIT(M_SOFT), WORD_MONTH, 2 },
    { STR_INIT("ход"), STR_INIT("е у"), WORD_DURING, 1 },
    { STR_INIT("цел"), STR_INIT(ADJ), WORD_WHOLE, 0 },
    { STR_INIT("циклограмм"), STR_INIT(F_HARD), WORD_QUALIFIER_NOUN, 0 },
    { STR_INIT("ч"), STR_INIT("-"), WORD_UNIT, UNIT_HOUR },
    { STR_INIT("час"), STR_INIT(M_HARD), WORD_UNIT, UNIT_HOUR },
    { STR_INIT("часов"), STR_INIT("ой ого"), WORD_TERM, UNIT_HOUR },
    { STR_INIT("чаще"), STR_INIT("-"), WORD_AT_MOST, 0 },
    { STR_INIT("чем"), STR_INIT("-"), WORD_THAN, 0 },
    { STR_INIT("через"), STR_INIT("-"), WORD_THROUGH, 0 },
    { STR_INIT("четв"), STR_INIT("-"), WORD_UNIT, UNIT_SCHOOL_QUARTER },
    { STR_INIT("четверг"), STR_INIT(M_HARD), WORD_WEEKDAY, 4 },
    { STR_INIT("четверт"), STR_INIT(ADJ), WORD_ORDINAL, 4 },
    { STR_INIT("четверт"), STR_INIT("ь и ью ям ях ей"), WORD_UNIT, UNIT_SCHOOL_QUARTER },
    { STR_INIT("четн"), STR_INIT(ADJ), WORD_PARITY, 2 },
    { STR_INIT("четыр"), STR_INIT("е ех ем"), WORD_CARDINAL, 4 },
    { STR_INIT("четырежды"), STR_INIT("-"), WORD_N_TIMES, 4 },
    { STR_INIT("четырнадцат"), STR_INIT(ADJ), WORD_ORDINAL, 14 },
    { STR_INIT("четырнадцат"), STR_INIT("ь и ью"), WORD_CARDINAL, 14 },
    { STR_INIT("числ"), STR_INIT("а о у е ам ах"), WORD_DATE_NUMBER, 0 },
    { STR_INIT("чт"), STR_INIT("-"), WORD_WEEKDAY, 4 },
    { STR_INIT("шест"), STR_INIT(ADJ), WORD_ORDINAL, 6 },
    { STR_INIT("шест"), STR_INIT("ь и ью"), WORD_CARDINAL, 6 },
    { STR_INIT("шестнадцат"), STR_INIT(ADJ), WORD_ORDINAL, 16 },
    { STR_INIT("этап"), STR_INIT(M_HARD), WORD_LEAD_IN, 0 },
    { STR_INIT("янв"), STR_INIT("-"), WORD_MONTH, 1 },
    { STR_INIT("январ"), STR_INIT(M_SOFT), WORD_MONTH, 1 },
};

const WordRow *word_rows(size_t *n)
{
    *n = COUNTOF(rows);
    return rows;
}

static bool has_ending(Str endings, Str ending)
{
    static const Str none = STR_INIT("-");
    ending = ending.n_bytes == 0 ? none : ending;
    size_t n_same = 0; /* of the ending at hand */
    bool is_same = true;
    for (size_t at = 0; at < endings.n_bytes; at++) {
        if (endings.at[at] == ' ') {
            if (is_same && n_same == ending.n_bytes) {
                return true;
            }
            n_same = 0;
            is_same = true;
        } else {
            is_same = is_same && n_same < ending.n_bytes && endings.at[at] == ending.at[n_same];
            n_same++;
        }
    }
    return is_same && n_same == ending.n_bytes;
}

/* The first row whose stem comes after the word. */
static size_t rows_up_to(Str folded)
{
    size_t low = 0;
    size_t high = COUNTOF(rows);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (str_cmp(rows[middle].stem, folded) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static size_t n_common(Str a, Str b)
{
    size_t n = a.n_bytes < b.n_bytes ? a.n_bytes : b.n_bytes;
    size_t i = 0;
    while (i < n && a.at[i] == b.at[i]) {
        i++;
    }
    return i;
}

/* The longest stem that begins the word and goes on as one of its endings. A row that parts from the word somewhere sends the
 * search back to what is no longer than that. */
const WordRow *word_find(Str folded)
{
    enum { LETTER = 2 };
    size_t i = rows_up_to(folded);
    while (i > 0) {
        Str stem = rows[i - 1].stem;
        size_t n = n_common(stem, folded);
        if (n == stem.n_bytes) {
            if (has_ending(rows[i - 1].endings, str_from(folded, n))) {
                return &rows[i - 1];
            }
            i--;
        } else if (n < LETTER && folded.n_bytes >= LETTER) {
            return NULL; /* another first letter */
        } else {
            size_t back = rows_up_to(str_sub(folded, 0, n));
            i = back < i ? back : i - 1;
        }
    }
    return NULL;
}

bool word_find_term(Str folded, int *value)
{
    static const struct {
        Str prefix;
        int n;
    } counts[] = {
        { STR_INIT("одно"), 1 },        { STR_INIT("двух"), 2 },        { STR_INIT("трех"), 3 },
        { STR_INIT("четырех"), 4 },     { STR_INIT("пяти"), 5 },        { STR_INIT("шести"), 6 },
        { STR_INIT("семи"), 7 },        { STR_INIT("восьми"), 8 },      { STR_INIT("девяти"), 9 },
        { STR_INIT("десяти"), 10 },     { STR_INIT("двенадцати"), 12 }, { STR_INIT("четырнадцати"), 14 },
        { STR_INIT("пятнадцати"), 15 }, { STR_INIT("двадцати"), 20 },   { STR_INIT("тридцати"), 30 },
    };
    for (size_t i = 0; i < COUNTOF(counts); i++) {
        const WordRow *row = str_starts(folded, counts[i].prefix) ? word_find(str_from(folded, counts[i].prefix.n_bytes)) : NULL;
        if (row != NULL && row->word == WORD_TERM) {
            *value = counts[i].n * TERM_COUNT + row->value;
            return true;
        }
    }
    return false;
}
