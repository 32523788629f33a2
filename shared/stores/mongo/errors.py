"""What an error of the driver means to a caller, without a secret in it."""

import re

from pymongo import errors as driver
from pymongo.errors import (
    ConnectionFailure,
    DocumentTooLarge,
    ExecutionTimeout,
    InvalidOperation,
    OperationFailure,
    PyMongoError,
    ServerSelectionTimeoutError,
    WaitQueueTimeoutError,
    WriteConcernError,
)

from shared.errors import ConfigurationError, StoreBroken, StoreError, StoreUnavailable

# https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
REFUSED = {13, 18, 8000}  # Unauthorized, AuthenticationFailed, AtlasError
_BROKEN = {26, 73, 121, 225}  # NamespaceNotFound, InvalidNamespace, DocumentValidationFailure, TransactionTooOld
_AWAY = {
    50,  # MaxTimeMSExpired
    64,  # WriteConcernTimeout
    79,  # UnknownReplWriteConcern
    91,  # ShutdownInProgress
    100,  # UnsatisfiableWriteConcern
    112,  # WriteConflict
    189,  # PrimarySteppedDown
    262,  # ExceededTimeLimit
    371,  # UserWritesBlocked
    14031,  # OutOfDiskSpace
    16500,  # TooManyRequests, of services that ration
} | REFUSED  # while we run, somebody changed our rights: they may come back
_LONGEST = 300
_FURTHER = (", full error:", ", Topology Description:", " (configured timeouts:")
_CREDENTIALS = re.compile(r"(mongodb(?:\+srv)?://)[^@/\s]*@", re.IGNORECASE)


def uncertain(error: BaseException) -> bool:
    """Whether the server may have done, or may yet do, what it was asked: the answer was lost or came too early."""
    if isinstance(error, WaitQueueTimeoutError | ServerSelectionTimeoutError):
        return False  # it never left, or there is nobody whom we could ask
    if isinstance(error, TimeoutError | ConnectionFailure | WriteConcernError | ExecutionTimeout):
        return True
    if isinstance(error, OperationFailure):
        return error.code in _AWAY - REFUSED - {371, 14031, 16500}
    return isinstance(error, PyMongoError) and error.timeout


def translated(error: Exception) -> Exception:
    """The error that a caller is shown: a `StoreError` for what the store did; anything else is the caller's own mistake."""
    if isinstance(error, TimeoutError):
        return StoreUnavailable("MongoDB did not answer in time")
    if isinstance(error, DocumentTooLarge):
        return StoreError("a document is larger than MongoDB takes")
    if not isinstance(error, PyMongoError):
        return error
    text = _said(error)
    if isinstance(error, driver.ConfigurationError):
        return ConfigurationError(f"records: {text}")
    if isinstance(error, OperationFailure) and error.code in REFUSED:
        return StoreUnavailable(f"MongoDB refuses us: {text}")
    if isinstance(error, ConnectionFailure | WriteConcernError | ExecutionTimeout | InvalidOperation) or error.timeout:
        return StoreUnavailable(f"MongoDB: {text}")
    if isinstance(error, OperationFailure):
        code = error.code or 0
        kind = StoreBroken if code in _BROKEN else StoreUnavailable if code in _AWAY else StoreError
        return kind(f"MongoDB ({code}): {text}")
    return StoreError(f"MongoDB: {text}")


def _said(error: Exception) -> str:
    """The first sentence; the driver adds its whole view of the topology, and an echo of values that may be personal."""
    text = _CREDENTIALS.sub(r"\1***@", str(error))
    for further in _FURTHER:
        text = text.split(further)[0]
    return f"{type(error).__name__}: {text[:_LONGEST]}"
