package runnel.chat;

import java.util.Locale;

/// What has become of a reply. It is `STREAMING` until its one writer ends it, once, with one of the others.
public enum Status {
    STREAMING, COMPLETE, STOPPED, INTERRUPTED, FAILED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Status of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
