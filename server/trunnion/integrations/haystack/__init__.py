"""Sites, spaces, equipment and points in the words of Project Haystack, in and out."""
