"""Pure rules of second factors: how many one may have, how often a code may be tried."""

from datetime import timedelta

MOST_FACTORS = 10
# Only whoever knows the password gets this far; in a week fewer than one guesser in a thousand would be lucky.
TRIES = 8
TRY_WINDOW = timedelta(minutes=15)
