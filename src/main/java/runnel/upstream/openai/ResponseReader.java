package runnel.upstream.openai;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;

/// Reads the answers that come over a [Connection], by Jetty's parser of HTTP/1.1, in whatever pieces they come.
final class ResponseReader implements HttpParser.ResponseHandler {
    private static final int MAX_HEAD = 64 << 10;

    private final Connection connection;
    private final HttpParser parser = new HttpParser(this, MAX_HEAD);
    private ByteBuffer coming;
    private int status;
    private boolean lasts;
    private String contentType;
    private String encoding;
    private String retryAfter;

    ResponseReader(Connection connection) {
        this.connection = connection;
        parser.setHeaderCacheSize(0); // which takes more memory than all the rest of a connection
    }

    /// The parser stops behind each answer.
    ///
    /// @param last whether nothing will come behind these bytes
    void read(ByteBuffer bytes, boolean last) {
        if (coming != bytes) { // mostly it is the loop's buffer again
            coming = bytes;
        }
        if (last) {
            lasts = false;
            parser.atEOF();
        }
        do {
            parser.parseNext(bytes);
        } while (bytes.hasRemaining() && connection.receiver() != null);
    }

    @Override
    public void startResponse(HttpVersion version, int status, String reason) {
        this.status = status;
        lasts = version == HttpVersion.HTTP_1_1;
        contentType = "";
        encoding = "";
        retryAfter = "";
    }

    @Override
    public void parsedHeader(HttpField field) {
        String value = field.getValue() == null ? "" : field.getValue();
        switch (field.getHeader()) {
            case CONTENT_TYPE -> contentType = value;
            case CONTENT_ENCODING -> encoding = value;
            case RETRY_AFTER -> retryAfter = value;
            case CONNECTION -> lasts &= !field.contains("close");
            case null, default -> {}
        }
    }

    @Override
    public boolean headerComplete() {
        if (!isInterim()) {
            connection.receiver().head(status, contentType, encoding, retryAfter);
        }
        return false;
    }

    /// As `103 Early Hints` (RFC 9110, section 15.2); whoever switches protocols unasked says nothing more that we know.
    private boolean isInterim() {
        return status / 100 == 1 && status != 101;
    }

    @Override
    public boolean content(ByteBuffer bytes) {
        var waiting = connection.receiver();
        if (waiting != null) {
            try {
                int from = bytes.arrayOffset() + bytes.position();
                waiting.body(bytes.array(), from, from + bytes.remaining());
            } catch (IOException e) {
                connection.fail(e);
            }
        }
        return false;
    }

    @Override
    public boolean contentComplete() {
        return false;
    }

    @Override
    public boolean messageComplete() {
        boolean reusable = lasts && connection.isSent() && !coming.hasRemaining(); // what is left would answer the next question
        parser.reset();
        if (!isInterim()) {
            connection.ended(reusable);
        }
        return true;
    }

    @Override
    public void earlyEOF() {
        connection.fail(new EOFException("the answer ended early"));
    }

    @Override
    public void badMessage(HttpException failure) {
        connection.fail(new ProtocolException(failure.getReason()));
    }
}
