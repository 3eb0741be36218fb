/** A file that is dropped beside a field would replace the page, and all that is in it. */
export function refuseDroppedFiles(document, notices) {
  const holdsFiles = ({ dataTransfer }) => dataTransfer?.types.includes('Files');
  document.addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  });
  document.addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    notices.say('Files cannot be dropped here. Paste their text instead.');
  });
}
