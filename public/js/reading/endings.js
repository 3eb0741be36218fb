/** How a reply ended, behind its name: "The reply is finished". */
export const endings = {
  complete: 'is finished',
  stopped: 'was stopped',
  interrupted: 'was interrupted',
  failed: 'failed',
};
