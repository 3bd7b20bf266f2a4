package dev.gaon;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets the calls to one address open connections a few at a time, so that a burst of thousands neither floods the server
 * nor runs into its own deadlines. Calls that find a connection with room take no turn and wait for nobody.
 *
 * <p>Over TLS it is one at a time until the server has turned out to speak HTTP/1.1, where each call needs a connection
 * of its own. How many streams an HTTP/2 connection carries is known only once its settings have come: a burst would
 * open a connection for each call, throw most of them away, and send far more than the server takes down the first that
 * stands. So whoever finds no room opens one, and the next looks again before he opens another.
 */
final class Ramp {

    private static final int AT_ONCE = 64;
    private static final long LONGEST_SETTLING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Semaphore turns;
    private boolean mayShare;
    private volatile long settledAt = System.nanoTime();
    private volatile long foundAt = System.nanoTime();
    private volatile long lostAt = foundAt;
    private volatile long servedAt = foundAt;

    /** @param mayShare whether the server may speak HTTP/2 */
    Ramp(boolean mayShare) {
        this.mayShare = mayShare;
        turns = new Semaphore(mayShare ? 1 : AT_ONCE, true);
    }

    /** The newest connection may not have told yet how many streams it carries. */
    boolean unsettled() {
        return settlingNanos() > 0;
    }

    private long settlingNanos() {
        return settledAt - System.nanoTime();
    }

    /**
     * Waits for a turn; it must be given back. Waits without looking up in between: thousands who do would do nothing else.
     *
     * @return false if there is none to be had: those whose turn it was found no connection for {@code patienceNanos}, or
     *     the call is over
     */
    boolean enter(RunningCall call, long patienceNanos) throws InterruptedException {
        call.pause();
        try {
            long began = System.nanoTime();
            if (!turns.tryAcquire(call.remainingNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
            long from = foundAt - began > 0 ? foundAt : began;
            if (lostAt - from > 0 && System.nanoTime() - from >= patienceNanos) {
                turns.release();
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(settlingNanos());
            } catch (InterruptedException e) {
                turns.release();
                throw e;
            }
            return true;
        } finally {
            call.resume();
        }
    }

    /** Gives the turn back. */
    void leave(boolean foundConnection) {
        if (foundConnection) {
            foundAt = System.nanoTime();
        } else {
            lostAt = System.nanoTime();
        }
        turns.release();
    }

    /** A connection stands; its settings are taken to come no later than a handshake takes. */
    synchronized void connected(boolean multiplexed, long handshakeNanos) {
        if (multiplexed) {
            settledAt = System.nanoTime() + Math.min(handshakeNanos, LONGEST_SETTLING_NANOS);
        } else if (mayShare) {
            mayShare = false;
            turns.release(AT_ONCE - 1);
        }
    }

    /** The address began to answer a call. */
    void served() {
        servedAt = System.nanoTime();
    }

    boolean servedSince(long nanoTime) {
        return servedAt - nanoTime > 0;
    }
}
