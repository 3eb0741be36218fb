package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.settings.Settings;
import runnel.settings.SettingsSources;
import runnel.settings.StartupFailure;

class BindCheckTest {
    private static Settings.Listening listening(String host, int port) {
        return Settings.of(SettingsSources.of(Map.of("HOST", host, "PORT", "" + port, "AUTH", "accounts"))).listening();
    }

    private static String refusal(String host, int port) {
        return assertThrows(StartupFailure.class, () -> BindCheck.require(listening(host, port))).getMessage();
    }

    @Test
    void a_port_that_another_program_has_is_in_use() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertTrue(refusal("127.0.0.1", taken.getLocalPort()).contains("is in use by another program"));
        }
    }

    @Test
    void an_address_that_the_machine_does_not_have_is_not_in_use() {
        assertTrue(refusal("192.0.2.1", 0).startsWith("HOST=192.0.2.1 is no address of this machine."));
        assertTrue(refusal("2001:db8::1", 7070).startsWith("HOST=2001:db8::1 is no address of this machine."));
    }

    @Test
    void a_name_without_an_address_is_told_and_what_was_meant() {
        assertTrue(refusal("nowhere.invalid", 0).contains("PUBLIC_URL"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "localhost"})
    void an_address_that_can_be_listened_on_is_left_free(String host) {
        assertDoesNotThrow(() -> BindCheck.require(listening(host, 0)));
    }
}
