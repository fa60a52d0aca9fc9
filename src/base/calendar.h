/* The proleptic Gregorian calendar. Thread-safe. */
#ifndef NL_BASE_CALENDAR_H
#define NL_BASE_CALENDAR_H

#include <stdint.h>

/* Days from 1970-01-01 of a date, and back (Hinnant, "chrono-compatible low-level date
 * algorithms"). */
int64_t nl_days_from_civil(int year, int month, int day);
void nl_civil_from_days(int64_t days, int *year, int *month, int *day);

int nl_days_of_month(int year, int month); /* month 1 to 12 */

#endif
