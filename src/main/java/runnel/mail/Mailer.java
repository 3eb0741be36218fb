package runnel.mail;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.slf4j.LoggerFactory;
import runnel.account.Email;
import runnel.chat.FaultLog;
import runnel.chat.Secret;

/// Sends mail, behind the back of whoever asks for it: how long it takes would tell whether there was anybody to write to.
public record Mailer(MailServer server) {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(Mailer.class)::error);

    public void send(Email to, String subject, String text) {
        Thread.ofVirtual().name("mail").start(() -> deliver(to, subject, text));
    }

    private void deliver(Email to, String subject, String text) {
        try {
            var message = new MimeMessage(Session.getInstance(server.properties(), login()));
            message.setFrom(new InternetAddress(server.from()));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(to.typed()));
            message.setSubject(subject, StandardCharsets.UTF_8.name());
            message.setText(text, StandardCharsets.UTF_8.name());
            message.setSentDate(new Date());
            Transport.send(message);
        } catch (MessagingException failed) {
            FAULTS.tell("A mail could not be sent; check SMTP_URL and the mail server's log.", failed);
        }
    }

    private Authenticator login() {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(server.user().orElse(""), server.password().map(Secret::reveal).orElse(""));
            }
        };
    }
}
