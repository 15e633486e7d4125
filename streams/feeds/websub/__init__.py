"""WebSub (https://www.w3.org/TR/2018/REC-websub-20180123/): a hub delivers what a feed has new, as soon as it is there.

Polling goes on beside it, more slowly: what a hub does not deliver, or delivers while nobody listens, is found by the
next poll. So nothing here needs to be exact, only safe.
"""
